"""The rule table applied: what a finite verb, or a sentence without one, amounts to.

Each verb is re-read where a row says so, and then judged by the first rule that holds; every
verdict names its rows, so that it can be explained.
"""

from collections.abc import Iterator
from typing import Any, cast

from sco_research.coding.commitments.conditions import Case
from sco_research.coding.commitments.lexicon_file import Act
from sco_research.coding.commitments.lists import Whole
from sco_research.coding.commitments.options import CommitmentOptions
from sco_research.coding.commitments.rereading import READINGS
from sco_research.coding.commitments.rules import Compiled, RuleRow, RuleTable, hold
from sco_research.coding.commitments.sentence import ClauseType, Predicate, Role, Sentence
from sco_research.coding.commitments.stances import StanceObject
from sco_research.coding.commitments.verdicts import Status, Verdict


def judge_sentence(
    sentence: Sentence, predicates: list[Predicate], table: RuleTable, options: CommitmentOptions
) -> list[Verdict]:
    """Return a verdict for every finite verb that is not subordinate."""
    if options.without:
        predicates = [_ablated(predicate, options) for predicate in predicates]
    return [
        judge(
            Case.of(
                sentence,
                predicate,
                predicates[predicate.governor]
                if predicate.clause_type is ClauseType.THAT
                else None,
                options,
            ),
            table,
        )
        for predicate in predicates
        if predicate.clause_type is not ClauseType.SUBORDINATE
    ]


def _ablated(predicate: Predicate, options: CommitmentOptions) -> Predicate:
    """Return a verb as it looks without one of the grammar's distinctions."""
    without = options.without
    if "subordination" in without:
        predicate = predicate._replace(clause_type=ClauseType.MAIN)
    if "tense" in without and predicate.tense in {"past", "perfect"}:
        predicate = predicate._replace(tense="present")
    if "subjects" in without:
        predicate = predicate._replace(subject=predicate.subject._replace(role=Role.MEMBERS))
    return predicate


def judge(case: Case, table: RuleTable) -> Verdict:
    """Return the verdict of the first rule that holds of a verb."""
    case, read, rules = _reread(case, table)
    for rule in rules:
        if hold(rule.conditions, case):
            return _verdict(case, rule, read, table)
    raise AssertionError(f"{table.file}: no rule holds of {case.predicate}")


def rules_that_hold(
    verdict: Verdict, sentence: Sentence, table: RuleTable, options: CommitmentOptions
) -> Iterator[RuleRow]:
    """Yield the rules that hold of a verb that was judged, in their order; the first decided."""
    case = Case.of(sentence, verdict.predicate, verdict.governor, options)
    case, _, _ = _reread(case, table)
    for rule in table.rules:
        if all(hold(part, case) for part in (rule.of_form, rule.of_verb, rule.conditions)):
            yield rule.row


def _reread(case: Case, table: RuleTable) -> tuple[Case, tuple[str, ...], tuple[Compiled, ...]]:
    """Return a verb re-read, the rows that did so, and the rules that may hold of it."""
    read: tuple[str, ...] = ()
    while True:
        rereads, rules = table.rows_for(case)
        if not rereads:
            return case, read, rules
        for row in rereads:
            if row.row.id not in read and hold(row.conditions, case):
                case = READINGS[row.row.read_as](case)
                read = (*read, row.row.id)
                break
        else:
            return case, read, rules


def _verdict(case: Case, rule: Compiled, read: tuple[str, ...], table: RuleTable) -> Verdict:
    row: RuleRow = rule.row
    predicate, without = case.predicate, case.options.without
    act: Act = rule.act(case) if rule.act else cast(Act, row.act)
    word_class = rule.word_class(case) if rule.word_class else row.word_class
    rows = (*read, row.id)
    status: Status = row.verdict
    why = row.why
    end = predicate.end
    if status != "out":
        end = rule.end(case)
        if without and not without.isdisjoint({row.id, row.rule, word_class, status}):
            status, why = "out", f"{row.rule}: taken out"
        elif not hold(rule.only_if, case):
            status, why = "out", row.otherwise or row.why
        elif rule.about_object:
            decided, counts = _judge_object(StanceObject.of(case, end, row.stance), table)
            rows = (*rows, decided)
            if not counts:
                status, why = "out", f"{why}; its object is no future action of the members"
    if status == "out":
        name = rule.name if why is row.why else why.partition(":")[0]
        return Verdict(
            act, "out", "none", name, word_class, why,
            predicate, predicate.start, predicate.end, rows, case.governor,
        )  # fmt: skip
    level: Any = rule.level(case) if rule.level else row.level
    return Verdict(
        act, status, level, row.rule, word_class, why, predicate, predicate.start, end, rows,
        case.governor,
    )  # fmt: skip


def _judge_object(stance: StanceObject, table: RuleTable) -> tuple[str, bool]:
    for compiled in table.objects:
        if hold(compiled.conditions, stance):
            return compiled.row.id, compiled.row.counts
    return "", False


def judge_whole(whole: Whole, table: RuleTable) -> Verdict | None:
    """Return the verdict of a lead-in, an item, a fragment or a preamble; None where no row holds.

    Of a lead-in it is the verdict of its last verb that changes.
    """
    for compiled in table.texts:
        if hold(compiled.conditions, whole):
            break
    else:
        return None
    row: RuleRow = compiled.row
    if whole.place == "lead-in" and whole.verdicts:
        last = whole.verdicts[-1]
        return last._replace(
            status=row.verdict, rule=row.rule, why=row.why,
            rows=(*last.rows, row.id),
        )  # fmt: skip
    predicate = whole.predicate
    adjective = whole.adjective
    told: Any = whole.act_as_said or (adjective.act if adjective else "assertive")
    act: Any = told if compiled.act else row.act
    word_class = (adjective.name if adjective else "") if compiled.word_class else row.word_class
    case = Case.of(whole.sentence, predicate, None, whole.options)
    level: Any = compiled.level(case) if compiled.level else row.level
    without = whole.options.without
    taken_out = bool(without) and not without.isdisjoint({row.id, row.rule, word_class})
    status: Status = "out" if taken_out else row.verdict
    return Verdict(
        act, status, "none" if status == "out" else level, row.rule, word_class, row.why, predicate,
        0, predicate.end, (row.id,),
    )  # fmt: skip
