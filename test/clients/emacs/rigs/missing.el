;;; A debugger that is not there, or that fails -*- lexical-binding: t; no-byte-compile: t -*-
(rig-run
 (rig-edit "app.py")
 (let ((load-path nil))
   (setq launch-ls-debugger 'dape)
   (rig-equal (condition-case failure (launch-ls-debug "app") (user-error (cadr failure)))
              "dape is not installed: install it, or set ‘launch-ls-debugger’ to nil"))
 (rig-equal (rig-heard "startDebug") nil)

 ;; It is there, but fails: the session is not left behind.
 (rig-stand-in (lambda (_) (error "No luck")))
 (launch-ls-debug "app")
 (rig-await "refusal" (lambda () (get-buffer "*launch-ls*")))
 (rig-equal (rig-text "*launch-ls*") "app could not be given to the debugger: No luck\n")
 (rig-await "stop" (lambda () (rig-heard "debug/stop")))
 (unless (string-prefix-p "session-" (plist-get (car (rig-heard "debug/stop")) :id)) (error "another is stopped")))
