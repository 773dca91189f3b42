-- Neovim is killed while a program is stopped: nothing of the session may stay.
local debugger = dofile(vim.env.RIG_DEBUGGER)

debugger.rig.run(function()
  debugger.breakpoint('app.py', 7)
  vim.cmd('LaunchDebug app')
  debugger.stopped('app')
  io.stdout:write('stopped\n')
  vim.uv.kill(vim.uv.os_getpid(), 'sigkill')
end)
