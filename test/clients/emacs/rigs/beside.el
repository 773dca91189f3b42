;;; A session starts from a Python buffer that another language server has -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-serve-python)
 (rig-at "app.py" 7)
 (pcase rig-client
   ('eglot (call-interactively #'eglot))
   ('lsp-mode (lsp-workspace-folders-add rig-ws) (lsp)))
 (rig-await "the other server" (lambda () (rig-heard "textDocument/didOpen")))
 (rig-break)
 (launch-ls-debug "app")
 (let ((session (rig-stopped "app.py" 7 "app")))
   (rig-equal (rig-local session "total") "42")
   (rig-resume session))
 (rig-ended)
 (rig-printed "result 42 dev\n"))
