;;; Emacs is left while a program is stopped -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (launch-ls-debug "app")
 (rig-stopped "app.py" 7))
