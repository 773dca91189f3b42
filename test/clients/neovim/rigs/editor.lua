-- The editor's state that goes with a start, and what nvim-dap gets of the answer.
local rig = dofile(vim.env.RIG_LUA)

local function start(command)
  local before = #rig.heard('startDebug')
  vim.cmd(command)
  local requests = rig.await(command, function()
    local requests = rig.heard('startDebug')
    return #requests > before and requests
  end)
  return requests[#requests].params
end

rig.run(function()
  vim.env.LAUNCH_LS_RIG = 'é'
  rig.edit('app.py')
  local dap = require('dap')
  vim.api.nvim_win_set_cursor(0, { 2, #'    label = "😀' })

  local params = start('LaunchDebug my app')
  rig.equal(params.configuration, 'my app')
  rig.equal(params.noDebug, nil)
  rig.equal(params.editor.file, rig.workspace .. '/app.py')
  rig.equal({ params.editor.line, params.editor.column }, { 2, 16 })
  rig.equal(params.editor.selectedText, nil)
  rig.equal(params.editor.env.LAUNCH_LS_RIG, 'é')

  -- What goes to the debugger is the server's stub, and nothing else.
  local run = rig.await('run', function()
    return dap.started[1]
  end)
  rig.equal(run.config, { type = 'debugpy', request = 'launch', name = 'my app', token = run.config.token })
  rig.equal({ run.adapter.type, run.adapter.host, type(run.adapter.port) }, { 'server', '127.0.0.1', 'number' })

  rig.equal(start('LaunchRun app').noDebug, true)
  rig.equal(start('1,2LaunchDebug app').editor.selectedText, 'def work():\n    label = "😀é"')

  vim.api.nvim_win_set_cursor(0, { 2, 4 })
  vim.cmd.normal({ 've\27', bang = true })
  rig.equal(start("'<,'>LaunchDebug app").editor.selectedText, 'label')
  vim.api.nvim_win_set_cursor(0, { 2, 4 })
  vim.cmd.normal({ 'vee', bang = true })
  rig.equal(start('LaunchDebug app').editor.selectedText, 'label =')
  vim.cmd.normal({ '\27', bang = true })

  -- The cursor in a scratch buffer: the file is the one beside it.
  vim.cmd.new()
  vim.bo.buftype = 'nofile'
  rig.equal(start('LaunchDebug app').editor.file, rig.workspace .. '/app.py')
  rig.equal(rig.shown(), {})
end)
