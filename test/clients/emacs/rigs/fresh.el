;;; A new configuration: what an empty answer means, and a launch.json that is broken -*- lexical-binding: t; no-byte-compile: t -*-
(defun new-configuration ()
  "Add a configuration with an empty answer; return whether there was a question."
  (let (asked)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (&rest arguments)
                 (setq asked t)
                 (or (nth 6 arguments) ""))))
      (call-interactively #'launch-ls-new-configuration))
    asked))

(rig-run
 (rig-edit "../fresh/main.py")
 (rig-equal (new-configuration) t)
 (rig-equal buffer-file-name (expand-file-name "../fresh/.vscode/launch.json" rig-ws))
 (unless (string-search "\"configurations\"" (buffer-string)) (error "%S" (buffer-string)))
 (save-buffer)

 ;; Left: nothing is made.
 (rig-edit "../left/main.py")
 (cl-letf (((symbol-function 'completing-read) (lambda (&rest _) (signal 'quit nil))))
   (rig-equal (condition-case nil (launch-ls-new-configuration) (quit 'left)) 'left))
 (rig-equal (file-exists-p (expand-file-name "../left/.vscode" rig-ws)) nil)

 ;; Broken: why nothing can be added.
 (rig-edit "../broken/main.py")
 (rig-equal (new-configuration) nil)
 (unless (string-search "launch.json" (rig-refusal)) (error "%s" (rig-refusal)))

 ;; The command must be a list.
 (rig-edit "../left/main.py")
 (setq launch-ls-command "launch-ls --stdio")
 (clrhash launch-ls--connections)
 (rig-equal (condition-case failure (launch-ls-new-configuration) (user-error (cadr failure)))
            "‘launch-ls-command’ is a list: of the program and its arguments, such as (\"launch-ls\" \"--stdio\")"))
