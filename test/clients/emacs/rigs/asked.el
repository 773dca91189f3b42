;;; Inputs are asked, a cancelled one starts nothing, a refusal says why -*- lexical-binding: t; no-byte-compile: t -*-
(setq launch-ls-commands (list (cons "rig.name" (lambda (_) "n-command"))))

(rig-run
 (rig-at "asks.py" 5)
 (rig-break)
 (rig-with-answers '("50%1 \\off" "s3cret" "slow: s")
   (launch-ls-debug "asks more")
   (let ((session (rig-stopped "asks.py" 5 "asks more")))
     (rig-equal (rig-local session "mode") "'50%1 \\\\off n-command s3cret s'")))
 (launch-ls-stop)
 (rig-ended)

 (rig-with-answers '(nil)
   (launch-ls-debug "asks more")
   (rig-await "cancelled" (lambda () (null launch-ls--pending))))
 (rig-equal (get-buffer "*launch-ls*") nil)

 ;; A function of the user that fails.
 (let ((launch-ls-commands (list (cons "rig.name" (lambda (_) (error "Out of names"))))))
   (rig-with-answers '("x" "x" "fast")
     (launch-ls-debug "asks more")
     (let ((text (rig-refusal)))
       (unless (string-search "Out of names" text) (error "%s" text)))))
 (rig-equal launch-ls--pending nil)
 (kill-buffer "*launch-ls*")

 (launch-ls-debug "lost")
 (let ((text (rig-refusal)))
   (unless (string-search "nowhere.py" text) (error "%s" text)))
 (with-current-buffer "*launch-ls*"
   (forward-button 1)
   (push-button))
 (with-current-buffer (window-buffer)
   (rig-equal buffer-file-name (expand-file-name ".vscode/launch.json" rig-ws))
   (unless (string-search "nowhere.py" (thing-at-point 'line)) (error "at %s" (thing-at-point 'line))))
 (rig-equal (rig-sessions) nil))
