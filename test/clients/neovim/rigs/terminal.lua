-- A program in Neovim's terminal.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local rig = debugger.rig

rig.run(function()
  debugger.breakpoint('app.py', 7)
  vim.cmd('LaunchDebug terminal')
  local session = debugger.stopped('terminal')
  local line, values = debugger.look(session)
  rig.equal({ line, values.mode }, { 7, "'x'" })
  local terminal = session.term_buf
  debugger.resume(session)
  rig.await('output', function()
    return table.concat(vim.api.nvim_buf_get_lines(terminal, 0, -1, true), '\n'):find('result 42 x', 1, true)
  end)
  debugger.ended()
  rig.equal(rig.shown(), {})
end)
