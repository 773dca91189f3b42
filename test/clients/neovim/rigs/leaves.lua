-- Neovim is left while a program is stopped.
local debugger = dofile(vim.env.RIG_DEBUGGER)

debugger.rig.run(function()
  debugger.breakpoint('app.py', 7)
  vim.cmd('LaunchDebug app')
  debugger.stopped('app')
end)
