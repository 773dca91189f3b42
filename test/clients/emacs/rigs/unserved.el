;;; No server, or one that is too old: the debugger's own lists and launch.json are there all the same -*- lexical-binding: t; no-byte-compile: t -*-
(defvar old (list (getenv "RIG_NODE") (expand-file-name "oldServer.mjs" (file-name-directory load-file-name))))
(defvar too-old "The server is older than this client (it does not know debug/configurations): update launch-ls")

(defun list-names ()
  "Return the names that the list of the debugger offers."
  (let (names)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt offered &rest _)
                 (setq names (mapcar (lambda (entry) (if (consp entry) (car entry) entry)) offered))
                 (signal 'quit nil)))
              ((symbol-function 'read-from-minibuffer)
               (lambda (&rest _)
                 (setq names (mapcar (lambda (entry) (symbol-name (car entry))) dape-configs))
                 (signal 'quit nil))))
      (condition-case nil
          (call-interactively (if (eq launch-ls-debugger 'dape) #'dape #'dap-debug))
        (quit nil)))
    names))

(defun told (command &rest arguments)
  "Return what the user is told when COMMAND cannot be done with ARGUMENTS."
  (condition-case failure
      (progn (apply command arguments) nil)
    (user-error (cadr failure))))

(defun shown (text)
  "Whether TEXT was shown since the last time."
  (prog1 (seq-find (lambda (line) (string-search text line)) rig-shown)
    (setq rig-shown nil)))

(rig-run
 (rig-edit "app.py")
 (if (eq launch-ls-debugger 'dape)
     (setq-default dape-configs '((mine :type "other" :request "launch")))
   (dap-register-debug-template "mine" '(:type "other" :request "launch")))
 (pcase-dolist (`(,command . ,words)
                `((("nosuchprog") . "The server cannot be started: there is no program nosuchprog")
                  (,old . ,too-old)))
   (setq launch-ls-command command)
   (rig-edit "app.py")
   (rig-equal (list-names) '("mine"))
   (unless (shown words) (error "%S is not said" words))
   (rig-edit ".vscode/launch.json")
   (rig-equal major-mode 'launch-ls-json-mode)
   (rig-equal (shown "mode specification error") nil)
   (kill-buffer))

 ;; All other commands say so, too.
 (rig-edit "app.py")
 (rig-equal (told #'launch-ls-items (launch-ls-root)) too-old)
 (launch-ls-debug "app")
 (unless (string-search "(it does not know startDebug)" (rig-refusal)) (error "%s" (rig-refusal)))
 (rig-equal (told #'launch-ls-stop) "The server is older than this client (it does not know debug/sessions): update launch-ls"))
