-- Puts the annotated document, where there is one, in the place of the plain one.

local annotated = ""

local function read(meta)
  local file = io.open(pandoc.utils.stringify(meta["document-file"]), "r")
  if file then
    annotated = file:read("a")
    file:close()
  end
  meta["document-file"] = nil
  return meta
end

local function replace(div)
  if div.identifier == "sentences" and annotated ~= "" then
    return pandoc.RawBlock("html", annotated)
  end
end

return { { Meta = read }, { Div = replace } }
