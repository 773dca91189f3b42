-- The server's command is said to Neovim alone, by vim.lsp.config.
local rig = dofile(vim.env.RIG_LUA)

rig.run(function()
  rig.edit('app.py')
  rig.client()
  vim.cmd('LaunchDebug app')
  rig.await('start', function()
    return #require('dap').started == 1
  end)
  vim.cmd('checkhealth launch-ls')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
  for _, said in ipairs({ 'fakeServer.mjs', '9 configurations' }) do
    assert(health:find(said, 1, true), said .. ' is missing in:\n' .. health)
  end
  rig.equal(rig.shown(), {})
end)
