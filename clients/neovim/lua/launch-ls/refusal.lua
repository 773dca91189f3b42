--- Tells why a start was refused, and what helps.
local output = require('launch-ls.output')

local M = {}

--- @param err table the LSP error; its data is StartError of PROTOCOL.md
function M.show(err)
  local data = type(err.data) == 'table' and err.data or {}
  if data.kind == 'cancelled' then
    return
  end
  local lines = { data.message or err.message }
  for _, tried in ipairs(data.tried or {}) do
    table.insert(lines, '  tried ' .. tried)
  end
  table.insert(lines, data.remedy)
  if data.location then
    table.insert(lines, M.offer(data.location, lines[1]) .. '  (:cc goes there)')
  end
  vim.notify(table.concat(lines, '\n'), vim.log.levels.ERROR, { title = 'launch-ls' })
  if data.kind ~= 'taskFailed' and data.output then
    output.append(data.output .. '\n')
  end
  if data.output then
    output.open()
  end
end

--- Puts the place into the quickfix list.
--- @return string place
function M.offer(location, text)
  local items = vim.lsp.util.locations_to_items({ location }, 'utf-16')
  items[1].text = text
  vim.fn.setqflist({}, ' ', { title = 'launch-ls', items = items })
  return vim.fn.fnamemodify(items[1].filename, ':.') .. ':' .. items[1].lnum
end

return M
