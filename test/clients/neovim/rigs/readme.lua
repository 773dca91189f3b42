-- The lines of the README are all that the user has: <F9> and <F5> debug a configuration.
local debugger = dofile(vim.env.RIG_DEBUGGER)
local rig = debugger.rig

rig.run(function()
  local function press(key)
    vim.api.nvim_feedkeys(vim.keycode(key), 'mx', false)
  end
  rig.edit('app.py')
  vim.api.nvim_win_set_cursor(0, { 7, 0 })
  press('<F9>')
  debugger.pick('app')
  press('<F5>')
  local line, values = debugger.look(debugger.stopped('app'))
  rig.equal({ line, values.total, values.mode }, { 7, '42', "'dev'" })
  debugger.resume(require('dap').session())
  debugger.ended()
  rig.equal(rig.shown(), {})
end)
