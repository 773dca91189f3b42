;;; Emacs is killed while a program is stopped: nothing of the session may stay -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (launch-ls-debug "app")
 (rig-stopped "app.py" 7)
 (send-string-to-terminal "stopped\n")
 (signal-process (emacs-pid) 'SIGKILL))
