-- What each format does with the one report.md: it numbers captions itself, so that the label that
-- stands in the Markdown goes; a table says what its header is; alt text reaches every format.

local KINDS = { tbl = "Table", fig = "Figure" }
-- A page is no screen that scrolls: a wider table goes below itself, its first column repeated.
local MOST_COLUMNS = 10
-- A table of few rows is not cut by the end of a page.
local MOST_ROWS_TOGETHER = 12
local PAGES = FORMAT ~= "html5"
local LONGEST_RUNNING_HEAD = 85
-- What a line of a table on paper takes, and what a column takes that need not be broken.
local LETTERS_OF_LINE = 95
local LETTERS_OF_COLUMN = 20
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
  return (pandoc.write(pandoc.Pandoc(blocks), "typst-citations"):gsub("%s+$", ""))
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

local function each_row(table, change)
  for _, row in ipairs(table.head.rows) do
    row.cells = change(row.cells, true)
  end
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      row.cells = change(row.cells, false)
    end
  end
end

local function with_scope(table)
  each_row(table, function(cells, is_head)
    for _, cell in ipairs(cells) do
      if is_head then
        cell.attributes.scope = "col"
      end
    end
    return cells
  end)
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
  return div
end

-- Short columns take what they need; the others share the rest by the text they hold.
local function widths(part)
  local longest, sums, rows, total = {}, {}, 0, 0
  each_row(part, function(cells)
    rows = rows + 1
    for place, cell in ipairs(cells) do
      local length = pandoc.text.len(pandoc.utils.stringify(cell.contents))
      longest[place] = math.max(longest[place] or 0, length)
      sums[place] = (sums[place] or 0) + length
    end
    return cells
  end)
  for _, length in ipairs(longest) do
    total = total + length
  end
  local columns = {}
  for place, length in ipairs(longest) do
    local fixed = total <= LETTERS_OF_LINE or length <= LETTERS_OF_COLUMN
    columns[place] = fixed and "auto" or ("%.1ffr"):format(math.max(sums[place] / rows, 10) ^ 0.6)
  end
  return ("columns: (%s,)"):format(table.concat(columns, ", "))
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
  if #part.bodies[1].body <= MOST_ROWS_TOGETHER then
    text = "#[\n#show figure: set block(breakable: false)\n" .. text .. "\n]"
  end
  return pandoc.RawBlock("typst", text)
end

local function on_pages(div)
  local place, found = table_of(div)
  found.identifier = div.identifier
  found.caption = relabel(found.caption)
  local parts = pandoc.List(split(found))
  if FORMAT == "typst" then
    parts = parts:map(in_typst)
  end
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
  { Math = formula, Link = link, Image = picture, Str = hash },
  { Figure = figure, Div = division },
}
