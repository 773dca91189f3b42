-- Servers that are set up wrongly, are too old, or never answer: one is told, in words.
local rig = dofile(vim.env.RIG_LUA)
local launch_ls = require('launch-ls')

local function refused(options)
  local fine, failure = pcall(launch_ls.setup, options)
  assert(not fine, vim.inspect(options))
  return failure
end

rig.run(function()
  local cmd = require('launch-ls.options').cmd
  for name, wrong in pairs({ cmd = 'launch-ls --stdio', settings = 'x', commands = true, autostart = 1 }) do
    local failure = refused({ [name] = wrong })
    assert(failure:find(("'%s' takes a "):format(name), 1, true), failure)
  end
  assert(refused({ cmd = {} }):find("'cmd' takes a list", 1, true))
  rig.equal(require('launch-ls.options').cmd, cmd)

  -- As it was before Neovim says it: nothing was changed, and the report is whole.
  vim.cmd('checkhealth launch-ls')
  rig.equal(vim.fn.search('ERROR.*Failed to run healthcheck'), 0)
  vim.cmd.bwipeout()

  local function told(text)
    rig.await(text, function()
      return #rig.notes > 0
    end, 30000)
    assert(#rig.notes == 1 and rig.notes[1].text:find(text, 1, true), vim.inspect(rig.notes))
    rig.notes = {}
  end
  launch_ls.setup({ autostart = false, cmd = vim.list_extend({ 'env', 'LAUNCH_LS_IS_OLD=1' }, cmd) })
  rig.edit('app.py')
  vim.cmd('LaunchDebug')
  told("the server is too old: it does not know 'debug/configurations'")
  vim.cmd('LaunchDebug app')
  told("the server is too old: it does not know 'startDebug'")
  vim.lsp.stop_client(vim.lsp.get_clients({ name = 'launch_ls' }), true)
  rig.await('end', function()
    return #vim.lsp.get_clients({ name = 'launch_ls' }) == 0
  end)

  launch_ls.setup({ cmd = { 'sleep', '1000' } })
  vim.cmd('LaunchDebug app')
  told("the server 'sleep 1000' does not answer")
  launch_ls.setup({ cmd = cmd })
  vim.cmd('LaunchDebug app')
  rig.await('start', function()
    return #require('dap').started == 1
  end)
  rig.equal(rig.notes, {})
end)
