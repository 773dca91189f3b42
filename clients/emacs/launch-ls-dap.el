;;; launch-ls-dap.el --- launch-ls for dap-mode  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT

;;; Commentary:

;; The bridge to dap-mode 0.7 and later: its list of configurations, the sessions of
;; the server's broker, and their children.

;;; Code:

(require 'cl-lib)
(require 'launch-ls)

(defvar dap--debug-providers)
(defvar dap-external-terminal)
(defvar dap-internal-terminal)
(defvar dap-launch-configuration-providers)
(declare-function dap--cur-session "dap-mode" ())
(declare-function dap--debug-session-launch-args "dap-mode" (session))
(declare-function dap--debug-session-thread-id "dap-mode" (session))
(declare-function dap--debug-session-thread-stack-frames "dap-mode" (session))
(declare-function dap--get-sessions "dap-mode" ())
(declare-function dap--go-to-stack-frame "dap-mode" (session frame))
(declare-function dap--session-running "dap-mode" (session))
(declare-function dap--switch-to-session "dap-mode" (session))
(declare-function dap-continue "dap-mode" (session thread-id))
(declare-function dap-handle-event "dap-mode" (event-type session params))
(declare-function dap-mode "dap-mode" (&optional argument))
(declare-function dap-ui-mode "dap-ui" (&optional argument))
(declare-function dap-launch-find-parse-launch-json "dap-launch" ())
(declare-function dap-register-debug-provider "dap-mode" (type function))
(declare-function dap-start-debugging-noexpand "dap-mode" (arguments))

(defvar launch-ls-dap--routed nil
  "Types whose provider is ours.")

;;;###autoload
(defun launch-ls-dap-setup ()
  "Offer the configurations of launch.json in dap-mode, once it is loaded."
  (dap-register-debug-provider "launch-ls" #'launch-ls-dap--provide)
  (unless (gethash "debugpy" dap--debug-providers) (launch-ls-dap--route "debugpy"))
  (dolist (hook '(dap-session-created-hook dap-stopped-hook dap-terminated-hook))
    (add-hook hook #'launch-ls-dap--focus))
  (advice-add 'dap--start-process :around #'launch-ls-dap--in-terminal)
  (setq dap-launch-configuration-providers
        (cons #'launch-ls-dap--templates
              (cl-substitute #'launch-ls-dap--others 'dap-launch-find-parse-launch-json
                             dap-launch-configuration-providers)))
  ;; Without them neither breakpoints nor the line of a stop are seen.
  (require 'dap-ui)
  (dap-mode 1)
  (dap-ui-mode 1))

;;;###autoload
(defun launch-ls-dap-start (session)
  "Run SESSION, a DebugSession of the server, in dap-mode."
  (require 'dap-mode)
  (require 'dap-ui) ; without it dap-mode fails at its first stop, and here nobody need have called `launch-ls-setup'
  (let ((stub (plist-get session :configuration)))
    (launch-ls-dap--route (plist-get stub :type))
    (launch-ls-dap--run stub (plist-get session :endpoint))))

;;;###autoload
(defun launch-ls-dap-continue ()
  "Continue the current session of dap-mode; return nil when it has not stopped."
  (when-let ((session (dap--cur-session))
             (thread (launch-ls-dap--waits-p session)))
    (dap-continue session thread)
    t))

;;;###autoload
(defun launch-ls-dap-token ()
  "Return the token of the session that is current in dap-mode."
  (launch-ls-dap--token (dap--cur-session)))

(defun launch-ls-dap--token (session)
  "Return the token of SESSION of dap-mode, nil when it is not ours or has ended."
  (and (dap--session-running session)
       (plist-get (dap--debug-session-launch-args session) :token)))

(defun launch-ls-dap--waits-p (session)
  "Whether SESSION of dap-mode has stopped."
  (and (dap--session-running session) (dap--debug-session-thread-id session)))

(defun launch-ls-dap--focus (session)
  "When SESSION of ours begins, stops or ends, show one of ours that waits.
The session that is current in dap-mode stays when it waits itself.
Dap-mode does not show where another one stops, takes the newest for
the current one, a child or not, and stays with one that has ended."
  (when (plist-get (dap--debug-session-launch-args session) :token)
    (let* ((current (dap--cur-session))
           (ours (seq-filter #'launch-ls-dap--token (dap--get-sessions)))
           (waiting (seq-find #'launch-ls-dap--waits-p ours)))
      (cond ((launch-ls-dap--waits-p current))
            (waiting
             (dap--switch-to-session waiting)
             ;; If they are still to come, dap-mode shows them now that it is the current one.
             (when-let ((frames (gethash (dap--debug-session-thread-id waiting)
                                         (dap--debug-session-thread-stack-frames waiting))))
               (dap--go-to-stack-frame waiting (car frames))))
            ((and ours (not (dap--session-running current)))
             (dap--switch-to-session (car ours)))))))

(defun launch-ls-dap--run (stub endpoint)
  "Send STUB to ENDPOINT, in dap-mode's terms."
  (dap-start-debugging-noexpand
   (append (list :host (plist-get endpoint :host) :debugServer (plist-get endpoint :port))
           (copy-sequence stub))))

(defun launch-ls-dap--route (type)
  "Send what has a token and is of TYPE to the broker again: a restart.
Whatever else has this type stays with the provider that it had."
  (unless (member type launch-ls-dap--routed)
    (push type launch-ls-dap--routed)
    (let ((own (gethash type dap--debug-providers)))
      (dap-register-debug-provider
       type (lambda (arguments)
              (cond ((plist-get arguments :token) arguments)
                    (own (funcall own arguments))
                    (t (launch-ls-dap--inline arguments))))))))

(defun launch-ls-dap--inline (arguments)
  "Start ARGUMENTS, a configuration that stands in no launch.json."
  (lambda (_start)
    (launch-ls-start (or (launch-ls-root) (directory-file-name (expand-file-name default-directory)))
                     (list :configuration arguments) #'launch-ls-dap-start)))

;;; Terminals

(defun launch-ls-dap--in-terminal (start session request)
  "Let START run what SESSION asks for by REQUEST, runInTerminal, and nothing else.
Dap-mode gives a shell the arguments as they are (0.7) or in quotes in
which the shell still expands (0.8), and drops the environment."
  (if (not (plist-get (dap--debug-session-launch-args session) :token))
      (funcall start session request)
    (with-temp-buffer ; where no environment is the buffer's own
      (let* ((arguments (gethash "arguments" request))
             (command (mapconcat #'shell-quote-argument (gethash "args" arguments) " "))
             (terminal dap-internal-terminal)
             (dap-internal-terminal (lambda (_ title session) (funcall terminal command title session)))
             (dap-external-terminal (mapcar (lambda (part) (string-replace "{command}" command part))
                                            dap-external-terminal))
             (shell-file-name (if (eq system-type 'windows-nt) shell-file-name "/bin/sh"))
             (process-environment (append (launch-ls-dap--changes (gethash "env" arguments))
                                          process-environment)))
        (funcall start session request)))))

(defun launch-ls-dap--changes (environment)
  "Return ENVIRONMENT, of a request, for `process-environment'.
What is null there is unset."
  (let (changes)
    (when environment
      (maphash (lambda (name value) (push (if value (format "%s=%s" name value) name) changes)) environment))
    changes))

;;; The list of M-x dap-debug

(defun launch-ls-dap--templates ()
  "Return the configurations of the folder for dap-mode's list."
  (when-let ((root (launch-ls-root)))
    (mapcar (pcase-lambda (`(,text . ,item))
              ;; Symbols, in which dap-mode expands nothing.
              (list text :type "launch-ls" :request "launch" :name text
                    :launch-ls (mapcar #'make-symbol
                                       (list root (plist-get item :name) (plist-get item :folder)))))
            (launch-ls-named (launch-ls-try #'launch-ls-startable root)))))

(defun launch-ls-dap--others ()
  "Return dap-mode's own list of launch.json, without what is ours."
  (seq-remove (lambda (template) (member (plist-get (cdr template) :type) launch-ls--types))
              (ignore-errors (dap-launch-find-parse-launch-json))))

(defun launch-ls-dap--provide (arguments)
  "Start the configuration that ARGUMENTS, of our list, name."
  (lambda (_start)
    (pcase-let ((`(,root ,name ,folder) (mapcar #'symbol-name (plist-get arguments :launch-ls))))
      (launch-ls-start root (launch-ls-params name folder) #'launch-ls-dap-start))))

;;; Children

;; dap-mode does not announce that it can start them by request, so they come by event. Its package for Python drops
;; that event, whichever is loaded first: hence the qualifier.
(cl-defmethod dap-handle-event :extra "launch-ls" ((_event (eql 'debugpyAttach)) session child)
  "Attach to CHILD, a process that the program has started."
  (if-let ((token (gethash "token" child)))
      (let ((endpoint (gethash "connect" child)))
        (push (cons token (cdr (assoc (launch-ls-dap--token session) launch-ls--tokens))) launch-ls--tokens)
        (launch-ls-dap--run
         (list :type (gethash "type" child) :request "attach" :name (gethash "name" child) :token token)
         (list :host (gethash "host" endpoint) :port (gethash "port" endpoint))))
    (cl-call-next-method)))

;; dap-mode complains in the echo area of each event that it does not know.
(defmacro launch-ls-dap--ignore (&rest events)
  "Let sessions of ours be silent about EVENTS."
  `(progn
     ,@(mapcar (lambda (event)
                 `(cl-defmethod dap-handle-event :extra "launch-ls" ((_event (eql ',event)) session _params)
                    ,(format "Ignore %s in SESSION when it is ours." event)
                    (unless (launch-ls-dap--token session) (cl-call-next-method))))
               events)))

(launch-ls-dap--ignore debugpySockets debugpyWaitingForServer module process)

(provide 'launch-ls-dap)
;;; launch-ls-dap.el ends here
