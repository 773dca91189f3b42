--- The page of :LaunchResolve: what a configuration means, and where each part of it comes from.
local M = {}
local SEVERITY = { 'error', 'warning', 'info', 'hint' }

--- @param result table ResolveResult of PROTOCOL.md
function M.show(result)
  local lines = {}
  for _, item in ipairs(result.items) do
    vim.list_extend(lines, M.page(item))
  end
  local bufnr = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, true, lines)
  vim.bo[bufnr].filetype = 'jsonc'
  vim.bo[bufnr].bufhidden = 'wipe'
  vim.bo[bufnr].modifiable = false
  vim.api.nvim_open_win(bufnr, true, { split = 'below' })
end

--- @param item table ResolvedConfiguration
--- @return string[] lines
function M.page(item)
  local lines = { '// ' .. item.name }
  for _, problem in ipairs(item.problems) do
    local severity = SEVERITY[problem.severity] or 'error'
    table.insert(lines, ('// %s: %s%s'):format(severity, problem.message, M.place(problem)))
  end
  local origins = {}
  for _, origin in ipairs(item.origins) do
    local place = M.place(origin)
    origins[table.concat(origin.path, '\0')] = place ~= '' and place or (' (' .. origin.kind .. ')')
  end
  M.write(lines, '', item.configuration, {}, origins, '')
  return lines
end

--- @return string place ' (launch.json:12)', or '' without a location
function M.place(thing)
  if not thing.location then
    return ''
  end
  local file = vim.fn.fnamemodify(vim.uri_to_fname(thing.location.uri), ':.')
  return (' (%s:%d)'):format(file, thing.location.range.start.line + 1)
end

--- Appends a JSON value; its first line continues `before`, its last one has `after`.
function M.write(lines, before, value, path, origins, after)
  local origin = origins[table.concat(path, '\0')]
  local note = origin and ('  //' .. origin) or ''
  if type(value) ~= 'table' or next(value) == nil then
    return table.insert(lines, before .. M.json(value) .. after .. note)
  end
  local list = vim.islist(value)
  local keys = vim.tbl_keys(value)
  table.sort(keys)
  table.insert(lines, before .. (list and '[' or '{') .. note)
  local indent = before:match('^%s*')
  for index, key in ipairs(keys) do
    local label = indent .. '  ' .. (list and '' or (M.json(key) .. ': '))
    local inner = vim.list_extend({}, path)
    table.insert(inner, list and key - 1 or key)
    M.write(lines, label, value[key], inner, origins, index < #keys and ',' or '')
  end
  table.insert(lines, indent .. (list and ']' or '}') .. after)
end

function M.json(value)
  return (vim.json.encode(value):gsub('\\/', '/'))
end

return M
