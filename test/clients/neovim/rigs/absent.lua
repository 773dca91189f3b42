-- Without nvim-dap and without a server: nothing breaks, and one is told what is missing.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  vim.cmd.cd(rig.workspace)
  rig.edit('app.py')
  rig.equal(rig.shown(), { 'launch-ls: the server is not found; see :checkhealth launch-ls' })
  vim.cmd('checkhealth launch-ls')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  for _, said in ipairs({ 'server is not found', 'nvim-dap is not found' }) do
    assert(health:find(said, 1, true), said .. ' is missing in:\n' .. health)
  end
  vim.cmd('LaunchDebug app')
  rig.equal(rig.notes[2].text, 'launch-ls: nvim-dap is not installed; see :checkhealth launch-ls')

  -- Where the server is looked for: in this checkout, before that on PATH.
  local function cmd()
    return dofile(vim.env.RIG_CHECKOUT .. '/clients/neovim/lua/launch-ls/server.lua').cmd()
  end
  rig.equal(cmd(), { 'node', vim.env.RIG_CHECKOUT .. '/out/launch-ls.cjs', '--stdio' })
  vim.fn.writefile({ '#!/bin/sh' }, rig.workspace .. '/launch-ls')
  vim.fn.setfperm(rig.workspace .. '/launch-ls', 'rwx------')
  vim.env.PATH = rig.workspace .. ':' .. vim.env.PATH
  rig.equal(cmd(), { rig.workspace .. '/launch-ls', '--stdio' })

  -- A program that is not there is named, whatever asks for it.
  require('launch-ls').setup({ cmd = { 'no-such-node', 'server.cjs' } })
  local refused
  require('launch-ls.server').request(rig.workspace, 'debug/configurations', {}, function(err)
    refused = err
  end)
  rig.equal(refused, { message = "launch-ls: there is no program 'no-such-node'; see :checkhealth launch-ls" })

  rig.edit('../outside.py')
  vim.cmd('LaunchDebug app')
  rig.equal(rig.notes[3].text, 'launch-ls: there is no .vscode/launch.json at or above this file. :LaunchNew makes one')
end)
