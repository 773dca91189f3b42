--- What the editor shows right now: the server needs it for variables such as the current file.
local server = require('launch-ls.server')

local M = {}

--- @type { bufnr: integer, tick: integer, text: string }?
local remembered

--- @return table EditorState of PROTOCOL.md
function M.state()
  local state = { env = vim.fn.environ() }
  local win = M.window()
  if win then
    local bufnr = vim.api.nvim_win_get_buf(win)
    local position = vim.lsp.util.make_position_params(win, 'utf-16').position
    state.file = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':p')
    state.line, state.column = position.line + 1, position.character + 1
    state.selectedText = M.selection() or M.recall(bufnr)
  end
  remembered = nil
  return state
end

--- @return string? folder with a launch.json of the file that one works on
function M.root()
  local win = M.window()
  return server.root(win and vim.api.nvim_win_get_buf(win) or 0)
end

--- Keeps the selection for the next `state` of the same text: a picker ends visual mode.
--- @param text string? nil: what visual mode has selected
function M.remember(text)
  local bufnr = vim.api.nvim_get_current_buf()
  text = text or M.selection()
  remembered = text and { bufnr = bufnr, tick = vim.api.nvim_buf_get_changedtick(bufnr), text = text }
end

--- @return string? text of the visual mode's selection
function M.selection()
  local mode = vim.fn.mode()
  if mode:match('^[vV\22]') then
    return M.between('v', '.', mode)
  end
end

--- @return string text of the lines of a command's range; of the last visual selection when the range came from it
function M.range(first, last)
  if vim.fn.line("'<") == first and vim.fn.line("'>") == last then
    return M.between("'<", "'>", vim.fn.visualmode())
  end
  return table.concat(vim.api.nvim_buf_get_lines(0, first - 1, last, false), '\n')
end

--- @param from string mark
--- @param to string mark
--- @param mode string visual mode
function M.between(from, to, mode)
  return table.concat(vim.fn.getregion(vim.fn.getpos(from), vim.fn.getpos(to), { type = mode }), '\n')
end

--- The window of the file that one works on: a REPL, a terminal or a list may have the cursor.
--- @return integer?
function M.window()
  local windows = { vim.api.nvim_get_current_win(), vim.fn.win_getid(vim.fn.winnr('#')) }
  for _, win in ipairs(vim.list_extend(windows, vim.api.nvim_tabpage_list_wins(0))) do
    if vim.api.nvim_win_is_valid(win) and server.file(vim.api.nvim_win_get_buf(win)) then
      return win
    end
  end
end

function M.recall(bufnr)
  local same = remembered
    and remembered.bufnr == bufnr
    and remembered.tick == vim.api.nvim_buf_get_changedtick(bufnr)
  return same and remembered.text or nil
end

return M
