-- For vim.lsp.config('launch_ls', …) and vim.lsp.enable('launch_ls'), Neovim 0.11 and later.
return require('launch-ls.server').config()
