--- What a user may set by `require('launch-ls').setup {…}`; :help launch-ls-setup says what each means.
--- @class launch-ls.Options
--- @field cmd string[]? how the server is started; nil: `launch-ls` of PATH, else the bundle of this checkout
--- @field autostart boolean
--- @field replace_launch_json boolean
--- @field code_lens boolean
--- @field progress boolean
--- @field commands table<string, fun(args: any): string?> what commands that launch.json names give; in a coroutine
--- @field settings table the server's own settings, as in VS Code's settings.json without the prefix `launch-ls.`
return {
  autostart = true,
  replace_launch_json = true,
  code_lens = true,
  progress = true,
  commands = {},
  settings = {},
}
