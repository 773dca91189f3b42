;;; A start that takes long -*- lexical-binding: t; no-byte-compile: t -*-
(defvar started nil)
(rig-stand-in (lambda (session) (push session started)))

(rig-run
 (rig-edit "app.py")
 (launch-ls-debug "slow")
 (rig-await "progress" (lambda () (member "Installing debugpy 40 %" rig-shown)))
 (launch-ls-stop)
 (rig-await "cancel" (lambda () (rig-heard "was cancelled")))
 (launch-ls-debug "app")
 (rig-await "session" (lambda () started))
 (rig-equal (length started) 1)
 (rig-equal (get-buffer "*launch-ls*") nil)
 (launch-ls-stop t)
 (rig-await "stop" (lambda () (equal (rig-heard "debug/stop") '((:all t))))))
