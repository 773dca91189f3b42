--- The output of tasks, in a buffer that one opens or a failure does.
local M = {}
local NAME = 'launch-ls://output'

--- @param text string as it came: any part of a line, with colours
function M.append(text)
  local bufnr = M.buffer()
  local lines = vim.split(text:gsub('\27%[[%d;?]*%a', ''):gsub('\r', ''), '\n', { plain = true })
  local last = vim.api.nvim_buf_line_count(bufnr)
  lines[1] = vim.api.nvim_buf_get_lines(bufnr, last - 1, last, true)[1] .. lines[1]
  vim.bo[bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, last - 1, last, true, lines)
  vim.bo[bufnr].modifiable = false
  for _, win in ipairs(vim.fn.win_findbuf(bufnr)) do
    vim.api.nvim_win_set_cursor(win, { vim.api.nvim_buf_line_count(bufnr), 0 })
  end
end

--- Shows the buffer below, and leaves the cursor where it is.
function M.open()
  local bufnr = M.buffer()
  if #vim.fn.win_findbuf(bufnr) > 0 then
    return
  end
  local win = vim.api.nvim_open_win(bufnr, false, { split = 'below', win = -1, height = 10 })
  vim.api.nvim_win_set_cursor(win, { vim.api.nvim_buf_line_count(bufnr), 0 })
end

--- @return integer bufnr
function M.buffer()
  local bufnr = vim.fn.bufnr(NAME)
  if bufnr == -1 then
    bufnr = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(bufnr, NAME)
    vim.bo[bufnr].modifiable = false
  end
  return bufnr
end

return M
