;;; A program in a terminal of Emacs -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-at "app.py" 7)
 (rig-break)
 (launch-ls-debug "terminal")
 (let ((session (rig-stopped "app.py" 7 "terminal")))
   (rig-equal (rig-local session "mode") "'x'")
   (rig-resume session))
 (rig-await "output" (lambda () (string-search "result 42 x" (rig-terminals))))
 (rig-ended)
 (rig-equal (get-buffer "*launch-ls*") nil))
