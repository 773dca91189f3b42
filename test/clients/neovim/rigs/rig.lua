--- What every rig of Neovim shares. A rig passes with exit code 0 and a last line PASS.
local M = {
  workspace = vim.env.RIG_WS,
  --- @type { text: string, level: integer }[] what vim.notify was given
  notes = {},
}

vim.notify = function(text, level)
  table.insert(M.notes, { text = text, level = level or vim.log.levels.INFO })
end
vim.notify_once = function(text, level)
  if not vim.tbl_contains(M.shown(0), text) then
    vim.notify(text, level)
  end
end

--- Waits for a state; fails with `what` and with what Neovim showed.
function M.await(what, done, ms)
  local value
  local reached = vim.wait(ms or 10000, function()
    value = done()
    return value
  end, 5)
  if not reached then
    error(('%s: not within %d ms; shown: %s'):format(what, ms or 10000, vim.inspect(M.notes)), 0)
  end
  return value
end

--- Equal in every part, or the rig fails.
function M.equal(actual, expected)
  if not vim.deep_equal(actual, expected) then
    error(('expected %s\ngot %s'):format(vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

--- Texts of the notes from a level on.
function M.shown(level)
  local texts = {}
  for _, note in ipairs(M.notes) do
    if note.level >= (level or vim.log.levels.WARN) then
      table.insert(texts, note.text)
    end
  end
  return texts
end

--- The messages of a method that the stand-in server heard, in order.
function M.heard(name)
  local found = {}
  local text = io.open(vim.env.LAUNCH_LS_LOG):read('*a')
  for line in text:gmatch('([^\n]*)\n') do -- the last one may not be whole yet
    local message = vim.json.decode(line)
    if message.method == name then
      table.insert(found, message)
    end
  end
  return found
end

--- Opens a file of the workspace.
function M.edit(name)
  vim.cmd.edit(vim.fn.fnameescape(M.workspace .. '/' .. name))
  return vim.api.nvim_get_current_buf()
end

--- The only client of launch-ls, initialized.
function M.client()
  return M.await('initialize', function()
    local clients = vim.lsp.get_clients({ name = 'launch_ls' })
    return #clients == 1 and clients[1].initialized and clients[1]
  end)
end

function M.run(body)
  local passed, failure = xpcall(body, function(message)
    return type(message) == 'string' and debug.traceback(message, 2) or vim.inspect(message)
  end)
  io.stdout:write(passed and 'PASS\n' or ('FAIL ' .. failure .. '\n'))
  vim.cmd(passed and 'qall!' or 'cquit 1')
end

return M
