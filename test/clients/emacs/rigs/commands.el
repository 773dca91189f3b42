;;; What a start takes along, and what the debugger gets -*- lexical-binding: t; no-byte-compile: t -*-
(defvar started nil "Sessions that the debugger got.")
(rig-stand-in (lambda (session) (setq started (append started (list session)))))

(defun start (how &rest arguments)
  "Call HOW with ARGUMENTS; return what the server heard."
  (let ((before (length (rig-heard "startDebug"))))
    (apply how arguments)
    (car (last (rig-await (format "%s" how) (lambda ()
                                              (let ((heard (rig-heard "startDebug")))
                                                (and (> (length heard) before) heard))))))))

(rig-run
 (rig-edit "app.py")
 (setenv "LAUNCH_LS_RIG" "é")
 (goto-char (point-min))
 (search-forward "😀")

 (let* ((params (start #'launch-ls-debug "my app"))
        (editor (plist-get params :editor)))
   (rig-equal (plist-get params :configuration) "my app")
   (rig-equal (plist-get editor :file) (expand-file-name "app.py" rig-ws))
   (rig-equal (list (plist-get editor :line) (plist-get editor :column)) '(2 16))
   (rig-equal (plist-get editor :selectedText) nil)
   (rig-equal (plist-get (plist-get editor :env) :LAUNCH_LS_RIG) "é")
   (rig-await "session" (lambda () started))
   (rig-equal (plist-get (plist-get (car started) :configuration) :name) "my app"))

 (rig-equal (plist-get (start #'launch-ls-run "app") :noDebug) t)
 (goto-char (point-min))
 (forward-line)
 (transient-mark-mode 1)
 (push-mark (+ (point) 9) t t)
 (forward-char 4)
 (rig-equal (plist-get (plist-get (start #'launch-ls-debug "app") :editor) :selectedText) "label")

 (rig-await "sessions" (lambda () (= (length started) 3)))

 ;; A compound gives the debugger all its members; a start saves the folder's files.
 (setq started nil)
 (goto-char (point-max))
 (insert "# edited\n")
 (start #'launch-ls-debug "pair")
 (rig-await "members" (lambda () (= (length started) 2)))
 (rig-equal (mapcar (lambda (session) (plist-get session :name)) started) '("app" "my app"))
 (rig-equal (buffer-modified-p) nil)
 ;; Nothing runs, as far as this server knows: the last one is started again.
 (rig-equal (plist-get (start #'launch-ls-restart) :configuration) "pair")

 ;; Names, in the order of the server and without the hidden one.
 (let (offered)
   (cl-letf (((symbol-function 'completing-read)
              (lambda (_prompt names &rest _) (setq offered names) "app")))
     (call-interactively #'launch-ls-debug))
   (rig-equal offered '("app" "my app" "asks" "refused" "task fails" "slow" "browser" "pair")))

 (rig-edit "../outside.py")
 (rig-equal (condition-case failure (launch-ls-debug "app") (user-error (cadr failure)))
            "There is no .vscode/launch.json at or above this file: M-x launch-ls-new-configuration makes one"))
