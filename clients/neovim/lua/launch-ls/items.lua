--- Items of `debug/configurations`: how they are listed, and what starts them.
local M = {}

--- @return string name with the folder, where several folders have the name
function M.label(item, items)
  local same = vim.tbl_filter(function(other)
    return other.name == item.name
  end, items)
  if #same == 1 then
    return item.name
  end
  local path = vim.uri_to_fname(item.folder ~= '' and item.folder or item.location.uri)
  return ('%s (%s)'):format(item.name, vim.fn.fnamemodify(path, ':~:.'))
end

--- @return table params StartDebugParams
function M.params(item)
  return { configuration = item.name, folder = item.folder ~= '' and item.folder or nil }
end

return M
