-- What each format does with the one report.md: it numbers captions itself, so that the label that
-- stands in the Markdown goes; a table says what its header is; alt text reaches every format.

local KINDS = { tbl = "Table", fig = "Figure" }
-- A page is no screen that scrolls: a wider table goes below itself, its first column repeated.
local MOST_COLUMNS = 10
-- A table of few short rows is not cut by the end of a page, and no row is that has its place there.
local MOST_ROWS_TOGETHER = 12
local LETTERS_OF_SHORT_TABLE = 1600
local LETTERS_OF_WHOLE_ROW = 1500
local PAGES = FORMAT ~= "html5"
local LONGEST_RUNNING_HEAD = 85
-- What a line of a table on paper takes, and what a column takes that need not be broken.
local LETTERS_OF_LINE = 105
local LETTERS_OF_COLUMN = 20
local LETTERS_OF_LONG_COLUMN = 12
local LETTERS_OF_GAP = 3
-- What the margins of a cell take of a line of Word.
local LETTERS_OF_MARGIN = 2.2
-- Letters in bold, and of a wider fount than the house's.
local WIDE = 1.2
local PICTURES = { latex = ".pdf", docx = ".png" }
local annotated = ""

local function shortened(text)
  if pandoc.text.len(text) <= LONGEST_RUNNING_HEAD then
    return text
  end
  return pandoc.text.sub(text, 1, LONGEST_RUNNING_HEAD):gsub("%s+%S*$", "") .. " …"
end

local function read(meta)
  if meta["document-file"] then
    local file = io.open(pandoc.utils.stringify(meta["document-file"]), "r")
    if file then
      annotated = file:read("a")
      file:close()
    end
    meta["document-file"] = nil
  end
  -- For the page that lists the reports.
  meta["key-figures"] = nil
  -- Where they lie is the machine's: a DOCX would keep it among its properties.
  meta.bibliography = nil
  meta.csl = nil
  if FORMAT == "typst" and meta.title then
    meta["short-title"] = pandoc.Str(shortened(pandoc.utils.stringify(meta.title)))
  end
  return meta
end

local function typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

local function as_typst(blocks)
  -- At the start of a line a hyphen before a number would be no minus.
  local text = pandoc.write(pandoc.Pandoc(blocks), "typst-citations", { wrap_text = "wrap-none" })
  return (text:gsub("%s+$", ""))
end

-- The number as a field: Word renumbers it when a table is put in between.
local function word_label(kind, number)
  local field = '<w:fldSimple w:instr=" SEQ %s \\* ARABIC "><w:r><w:rPr><w:b/></w:rPr>'
    .. "<w:t>%s</w:t></w:r></w:fldSimple>"
  local run = pandoc.RawInline("openxml", field:format(kind, number))
  return pandoc.Strong({ pandoc.Str(kind), pandoc.Space(), run, pandoc.Str(".") })
end

local function relabel(caption)
  local first = caption.long[1]
  local label = first and first.content and first.content[1]
  if FORMAT == "html5" or not label or label.t ~= "Strong" then
    return caption
  end
  local kind, number = pandoc.utils.stringify(label):match("^(%a+) (%d+)%.$")
  if kind and FORMAT == "docx" then
    first.content[1] = word_label(kind, number)
  elseif kind then
    first.content:remove(1)
    if first.content[1] and first.content[1].t == "Space" then
      first.content:remove(1)
    end
  end
  caption.long[1] = first
  return caption
end

-- What a function gives for a row's cells takes their place; where it gives nothing they stay.
local function each_row(table, change)
  local function row_of(row, is_head)
    local changed = change(row.cells, is_head)
    if changed then
      row.cells = changed
    end
  end
  for _, row in ipairs(table.head.rows) do
    row_of(row, true)
  end
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      row_of(row, false)
    end
  end
end

local function with_scope(table)
  for _, row in ipairs(table.head.rows) do
    local cells = row.cells
    for _, cell in ipairs(cells) do
      cell.attributes.scope = "col"
    end
    row.cells = cells
  end
  return table
end

local function picked(list, places)
  local result = pandoc.List()
  for _, place in ipairs(places) do
    result:insert(list[place])
  end
  return result
end

local function part_of(whole, first, last, is_first)
  local places = { 1 }
  for place = first, last do
    table.insert(places, place)
  end
  local part = whole:clone()
  -- The part has the page to itself: its columns share it anew.
  part.colspecs = picked(whole.colspecs, places):map(function(spec)
    return { spec[1], 1 / #places }
  end)
  each_row(part, function(cells)
    return picked(cells, places)
  end)
  if not is_first then
    part.caption = pandoc.Caption({})
    part.identifier = ""
  end
  return part
end

local function split(whole)
  local count = #whole.colspecs
  if count <= MOST_COLUMNS then
    return { whole }
  end
  local parts = {}
  for first = 2, count, MOST_COLUMNS - 1 do
    local last = math.min(first + MOST_COLUMNS - 2, count)
    table.insert(parts, part_of(whole, first, last, first == 2))
  end
  return parts
end

local function table_of(div)
  for place, block in ipairs(div.content) do
    if block.t == "Table" then
      return place, block
    end
  end
end

local function in_scroller(div)
  local place, found = table_of(div)
  div.content[place] = with_scope(found)
  div.attributes.role = "region"
  div.attributes.tabindex = "0"
  div.attributes["aria-label"] = pandoc.utils.stringify(found.caption.long)
  -- Its data, for those who have the folder of the report and not the page alone.
  local named = pandoc.utils.stringify(found.caption.long):match("^(Table %d+)") or "the table"
  local inlines = pandoc.Inlines({})
  for _, kind in ipairs({ { "csv", "CSV" }, { "tex", "LaTeX" } }) do
    local label = pandoc.Attr("", {}, { ["aria-label"] = named .. " as " .. kind[2] })
    local target = "tables/" .. div.identifier .. "." .. kind[1]
    if #inlines > 0 then
      inlines:insert(pandoc.Str(" · "))
    end
    inlines:insert(pandoc.Link(kind[2], target, "", label))
  end
  return { div, pandoc.Div({ pandoc.Plain(inlines) }, pandoc.Attr("", { "files" })) }
end

local function longest_word(text)
  local longest = 0
  for word in text:gmatch("%S+") do
    longest = math.max(longest, pandoc.text.len(word))
  end
  -- Longer ones are rather a language without spaces, which breaks anywhere.
  return math.min(longest, LETTERS_OF_COLUMN)
end

local function measured(part)
  local columns, rows = {}, 0
  each_row(part, function(cells, is_head)
    rows = rows + (is_head and 0 or 1)
    for place, cell in ipairs(cells) do
      local text = pandoc.utils.stringify(cell.contents)
      local length = pandoc.text.len(text)
      local column = columns[place] or { longest = 0, word = 0, sum = 0, all = 0 }
      column.all = math.max(column.all, length)
      column.word = math.max(column.word, longest_word(text))
      if not is_head then
        column.longest = math.max(column.longest, length)
        column.sum = column.sum + length
      end
      columns[place] = column
    end
  end)
  return columns, math.max(rows, 1)
end

-- Share letters among the columns that can still fill some; return what is left.
local function share(columns, letters)
  while letters > 0 do
    local open, weights, left = {}, 0, 0
    for _, column in ipairs(columns) do
      if column.weight > 0 and column.letters < column.all then
        table.insert(open, column)
        weights = weights + column.weight
      end
    end
    for _, column in ipairs(open) do
      local part, room = letters * column.weight / weights, column.all - column.letters
      column.letters = part < room and column.letters + part or column.all
      left = left + math.max(0, part - room)
    end
    -- Nothing is left over where nobody was full.
    if #open == 0 or left == 0 then
      return #open == 0 and letters or 0
    end
    letters = left
  end
  return letters
end

-- The letters of a line that each column gets. None is narrower than its longest word; short columns
-- take what they need as far as there is room, with their heads on several lines; long ones share
-- the rest by the text they hold, and leave what they cannot fill to the heads.
local function letters_of_columns(part)
  local columns, rows = measured(part)
  local rest, total, wish = LETTERS_OF_LINE, 0, 0
  for _, column in ipairs(columns) do
    column.short = column.longest <= LETTERS_OF_COLUMN
    column.letters = math.max(column.word, column.short and 0 or LETTERS_OF_LONG_COLUMN)
    column.wish = column.short and math.max(column.longest - column.word, 0) or 0
    column.weight = column.short and 0 or math.max(column.sum / rows, 10)
    rest = rest - column.letters - LETTERS_OF_GAP
    total = total + column.all + LETTERS_OF_GAP
    wish = wish + column.wish
  end
  local granted = wish > 0 and math.max(0, math.min(1, rest / wish)) or 0
  rest = rest - wish * granted
  for _, column in ipairs(columns) do
    column.letters = column.letters + column.wish * granted
  end
  rest = share(columns, rest)
  for _, column in ipairs(columns) do
    column.weight = column.short and column.all - column.letters or 0
  end
  share(columns, rest)
  for _, column in ipairs(columns) do
    if total <= LETTERS_OF_LINE then
      column.letters = column.all
    end
    column.short = column.short or column.letters >= column.all
  end
  return columns
end

local function widths(part)
  local words = {}
  for place, column in ipairs(letters_of_columns(part)) do
    if not column.short then
      words[place] = ("%.1ffr"):format(column.letters)
    elseif column.letters >= column.all then
      words[place] = "auto"
    else
      words[place] = ("%.1fem"):format(column.letters * 0.54 + 1.1)
    end
  end
  return ("columns: (%s,)"):format(table.concat(words, ", "))
end

-- For Word and LaTeX, as parts of the line. Where not all is granted, every column keeps its longest
-- word whole, and only what is above that is made smaller.
local function with_widths(part)
  local columns, words, wishes = letters_of_columns(part), 0, 0
  for _, column in ipairs(columns) do
    column.floor = column.word * WIDE + LETTERS_OF_MARGIN
    column.extra = math.max(0, column.letters * WIDE + LETTERS_OF_GAP - column.floor)
    words, wishes = words + column.floor, wishes + column.extra
  end
  local granted = 1
  if words + wishes > LETTERS_OF_LINE then
    granted = wishes > 0 and math.max(0, LETTERS_OF_LINE - words) / wishes or 0
  end
  local line = math.max(words + wishes * granted, LETTERS_OF_LINE)
  part.colspecs = pandoc.List(part.colspecs):map(function(spec, place)
    return { spec[1], (columns[place].floor + columns[place].extra * granted) / line }
  end)
  return part
end

-- The letters of a table, and of its longest row.
local function letters_of(part)
  local all, most = 0, 0
  each_row(part, function(cells)
    local letters = 0
    for _, cell in ipairs(cells) do
      letters = letters + pandoc.text.len(pandoc.utils.stringify(cell.contents))
    end
    all, most = all + letters, math.max(most, letters)
  end)
  return all, most
end

-- A part that continues a table has no number of its own.
local function in_typst(part, number)
  local text = as_typst({ part }):gsub("align%(center%)%[#table", "align(left)[#table", 1)
  if text:find("columns: %b()") then
    text = text:gsub("columns: %b()", widths(part), 1)
  else
    text = text:gsub("columns: %d+", widths(part), 1)
  end
  if number > 1 then
    text = text:gsub("^#figure%(", "#figure(numbering: none, outlined: false, ", 1)
  end
  local all, letters = letters_of(part)
  -- A figure without a caption would stand in the middle.
  local rules = number > 1 and "#show figure: set align(left)\n" or ""
  if #part.bodies[1].body <= MOST_ROWS_TOGETHER and all <= LETTERS_OF_SHORT_TABLE then
    rules = rules .. "#show figure: set block(breakable: false)\n"
  elseif letters <= LETTERS_OF_WHOLE_ROW then
    rules = rules .. "#set table.cell(breakable: false)\n"
  end
  text = "#[\n" .. rules .. text .. "\n]"
  return pandoc.RawBlock("typst", text)
end

local function on_pages(div)
  local place, found = table_of(div)
  found.identifier = div.identifier
  found.caption = relabel(found.caption)
  local parts = pandoc.List(split(found))
  parts = parts:map(FORMAT == "typst" and in_typst or with_widths)
  local blocks = pandoc.List()
  for number, block in ipairs(div.content) do
    blocks:extend(number == place and parts or { block })
  end
  return blocks
end

local function division(div)
  if div.identifier == "sentences" and annotated ~= "" then
    return pandoc.RawBlock("html", annotated)
  end
  if div.classes:includes("table") and table_of(div) then
    if PAGES and FORMAT ~= "docx" then
      return on_pages(div)
    end
    return PAGES and pandoc.Div(on_pages(div), div.attr) or in_scroller(div)
  end
end

local function figure(found)
  found.caption = relabel(found.caption)
  if FORMAT == "html5" and not PAGES then
    -- On a phone it is pushed to the side, by keys too.
    found.attributes.tabindex = "0"
  end
  if FORMAT ~= "typst" then
    return found
  end
  local picture
  found:walk({
    Image = function(image)
      picture = image
    end,
  })
  local alt = picture.attributes.alt or pandoc.utils.stringify(picture.caption)
  local pieces = {
    "#figure(image(", typst_string(picture.src), ", width: 100%, alt: ", typst_string(alt),
    "), caption: [", as_typst(found.caption.long), "]) <", found.identifier, ">",
  }
  return pandoc.RawBlock("typst", table.concat(pieces))
end

local function link(found)
  local id, kind = found.target:match("^#((%a+)%-[%w%-]+)$")
  if not KINDS[kind] or not pandoc.utils.stringify(found.content):match("^%a+ %d+$") then
    return nil
  end
  if FORMAT == "latex" then
    return pandoc.RawInline("latex", ("%s~\\ref{%s}"):format(KINDS[kind], id))
  elseif FORMAT == "typst" then
    return pandoc.RawInline("typst", ("#ref(<%s>)"):format(id))
  end
end

local function picture(found)
  local ending = PICTURES[FORMAT]
  if ending then
    found.src = found.src:gsub("%.svg$", ending)
    return found
  end
end

-- The links back after a sentence are smaller than what they stand behind.
local SMALL = {
  typst = { "#text(size: 0.68em)[", "]" },
  latex = { "{\\scriptsize ", "}" },
}

local function span(found)
  if found.classes:includes("evidence-of") and PAGES then
    found.content = { pandoc.Strong(found.content) }
    return found
  elseif found.classes:includes("back") and FORMAT == "docx" then
    return pandoc.Superscript(found.content)
  elseif found.classes:includes("back") and SMALL[FORMAT] then
    local raw = function(text)
      return pandoc.RawInline(FORMAT, text)
    end
    found.content:insert(1, raw(SMALL[FORMAT][1]))
    found.content:insert(raw(SMALL[FORMAT][2]))
    return found
  end
end

-- The files for reference managers lie beside the page.
local function file(found)
  if FORMAT:match("^html") and found.text:match("^citation%.%l+$") then
    return pandoc.Link({ found }, found.text)
  end
end

-- A number stays on the line of the sign before it.
local function together(inlines)
  local changed = false
  for place = 2, #inlines - 1 do
    local before = inlines[place - 1]
    if before.t == "Str" and before.text:match("¶$") and inlines[place].t == "Space" then
      inlines[place] = pandoc.Str("\u{a0}")
      changed = true
    end
  end
  -- What is given back is read anew: most of a report has no such sign.
  return changed and inlines or nil
end

-- A hash has no place to break a line at.
local function hash(found)
  if FORMAT == "latex" and #found.text > 40 and found.text:match("^%x+%p?$") then
    return pandoc.RawInline("latex", (found.text:gsub("%x%x%x%x%x%x%x%x", "%0\\allowbreak{}")))
  end
end

-- A screen reader says a formula as its author wrote it.
local function formula(found)
  if FORMAT == "typst" then
    local body = as_typst({ pandoc.Plain({ found }) })
    local block = found.mathtype == "DisplayMath" and "true" or "false"
    local text = ("#math.equation(alt: %s, block: %s, %s)"):format(
      typst_string(found.text), block, body)
    return pandoc.RawInline("typst", text)
  end
end

return {
  { Meta = read },
  { Math = formula, Code = file, Link = link, Image = picture, Span = span, Str = hash, Inlines = together },
  { Figure = figure, Div = division },
}
