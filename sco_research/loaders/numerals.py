"""Numbers as lists write them."""


def roman(number: int) -> str:
    """Return a number as a Roman numeral.

    >>> roman(14), roman(1990)
    ('XIV', 'MCMXC')
    """
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    result = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        result += sign * count
    return result
