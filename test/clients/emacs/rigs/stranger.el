;;; What trips a stranger up -*- lexical-binding: t; no-byte-compile: t -*-
(defvar started nil "Names of sessions that the debugger got.")
(rig-stand-in (lambda (session) (push (plist-get session :name) started)))

(defun told (command &rest arguments)
  "Return what the user is told when COMMAND cannot be done with ARGUMENTS."
  (condition-case failure
      (progn (apply command arguments) nil)
    (user-error (cadr failure))))

(defun await-shown (text)
  (rig-await text (lambda () (seq-find (lambda (shown) (string-search text shown)) rig-shown))))

(defun await-started (names)
  (rig-await (format "%S" names) (lambda () (equal (sort (copy-sequence started) #'string<) names)))
  (setq started nil))

(rig-run
 ;; A file of another machine: nobody connects to it for that.
 (with-temp-buffer
   (setq default-directory "/ssh:far.example:/home/me/" buffer-file-name "/ssh:far.example:/home/me/app.py")
   (unwind-protect
       (dolist (text (list (told #'launch-ls-debug "app") (told #'launch-ls-new-configuration)))
         (rig-equal text "This file is on far.example, and launch-ls starts programs of this machine only: \
start Emacs there, or attach to the program from a folder of this machine"))
     (setq buffer-file-name nil)))

 ;; No server: what is wrong, and what to set.  The command may be another one in each buffer.
 (rig-edit "app.py")
 (setq-local launch-ls-command '("/nowhere/launch-ls"))
 (rig-equal (told #'launch-ls-debug "app")
            "The server cannot be started: there is no program /nowhere/launch-ls (see ‘launch-ls-command’)")
 (setq-local launch-ls-command '("sh" "-c" "echo no luck >&2"))
 (let ((text (told #'launch-ls-debug "app")))
   (unless (string-match-p "\\`The server does not start (.*): buffer \\*launch-ls .* stderr\\*" text) (error text)))
 (rig-equal (rig-await "last words"
                       (lambda ()
                         (when-let ((buffer (seq-find (lambda (buffer) (string-search "stderr*" (buffer-name buffer)))
                                                      (buffer-list))))
                           (string-search "no luck" (rig-text buffer)))))
            0)
 (kill-local-variable 'launch-ls-command)

 ;; No debugger.
 (let ((load-path nil)
       (launch-ls-debugger nil))
   (rig-equal (told #'launch-ls-debug "app") "Neither dape nor dap-mode is installed"))

 ;; The settings reach the server; nothing of the failed starts is in the way.
 (setq-local launch-ls-settings '(:debugpy (:justMyCode :json-false)))
 (launch-ls-debug "app")
 (await-started '("app"))
 (rig-equal (plist-get (car (rig-heard "initialize")) :initializationOptions)
            '(:debugpy (:justMyCode :false)))

 ;; A server that dies: the user is told, and the next start has another one.
 (delete-process (jsonrpc--process (launch-ls-server (launch-ls-root))))
 (await-shown "has ended: the next command starts it again")
 (launch-ls-debug "app")
 (await-started '("app"))
 (rig-equal (length (rig-heard "initialize")) 2)

 ;; A start that it takes along is told, too.
 (launch-ls-debug "slow")
 (rig-await "progress" (lambda () (member "Installing debugpy 40 %" rig-shown)))
 (delete-process (jsonrpc--process (launch-ls-server (launch-ls-root))))
 (rig-await "refusal" (lambda () (get-buffer "*launch-ls*")))
 (rig-equal launch-ls--pending nil)

 ;; Two folders, each with its server; a file below the inner one is of the inner one.
 (launch-ls-debug "app")
 (rig-edit "inner/deep/app.py")
 (launch-ls-debug "my app")
 (await-started '("app" "my app"))
 (rig-equal (length (launch-ls--running-roots)) 2)
 (launch-ls-stop t)
 (rig-await "two stops" (lambda () (equal (rig-heard "debug/stop") '((:all t) (:all t)))))

 ;; A folder that has nothing yet.
 (rig-edit "../empty/app.py")
 (rig-with-answers '("Python File") (launch-ls-new-configuration))
 (rig-equal buffer-file-name (expand-file-name "../empty/.vscode/launch.json" rig-ws))
 (save-buffer)
 (rig-equal (file-exists-p buffer-file-name) t))
