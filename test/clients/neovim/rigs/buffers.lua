-- Which buffers the server gets, and that it is one server, however it was started.
local rig = dofile(vim.env.RIG_LUA)

local function attached(name)
  local bufnr = rig.edit(name)
  return vim.wait(300, function()
    return #vim.lsp.get_clients({ name = 'launch_ls', bufnr = bufnr }) == 1
  end, 5)
end

rig.run(function()
  rig.edit('app.py')
  local client = rig.client()
  rig.equal(client.root_dir, rig.workspace)
  for _, name in ipairs({ 'app.py', 'package/deep.py', '.vscode/launch.json', '.vscode/tasks.json', 'app.env', '.env' }) do
    assert(attached(name), name .. ' is not attached')
  end
  for _, name in ipairs({ 'notes.txt', '../outside.py' }) do
    assert(not attached(name), name .. ' is attached')
  end
  if vim.lsp.enable then
    vim.lsp.enable('launch_ls')
    assert(attached('package/other.py'))
  end
  rig.equal(rig.client().id, client.id)
  rig.equal(rig.shown(), {})
end)
