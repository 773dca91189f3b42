;;; Two folders of a workspace have a configuration of one name -*- lexical-binding: t; no-byte-compile: t -*-
(defvar offered nil "Names that were offered.")

(defun debug-picked (name)
  "Start what is NAME among the configurations that are offered."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt collection &rest _)
               (setq offered (all-completions "" collection))
               name)))
    (call-interactively #'launch-ls-debug)))

(rig-run
 (setq launch-ls-settings (list :workspaceFile (expand-file-name "../two.code-workspace" rig-ws)))
 (rig-edit "../b/m.py")
 (debug-picked "same (a)")
 (rig-equal (sort offered #'string<) '("alone" "same (a)" "same (b)"))
 (rig-printed "of a in a first\n")
 (rig-ended)
 (debug-picked "same (b)")
 (rig-printed "of b in b first\n")
 (rig-ended)
 (rig-write "../word.txt" "again")

 ;; The debugger's own list.
 (rig-edit "../b/m.py")
 (rig-pick-shown (if (eq launch-ls-debugger 'dape) "launch-ls/same-a" "same (a)"))
 (rig-printed "of a in a again\n")
 (rig-ended)

 ;; Started again, from wherever one is.
 (rig-write "../word.txt" "once more")
 (launch-ls-restart)
 (rig-printed "of a in a once more\n")
 (rig-ended)

 ;; From launch.json itself.
 (rig-write "../word.txt" "by its mark")
 (rig-edit "../b/.vscode/launch.json")
 (rig-await "marks" (lambda () (seq-find (lambda (overlay) (overlay-get overlay 'launch-ls-name))
                                         (overlays-in (point-min) (point-max)))))
 (goto-char (point-min))
 (search-forward "same")
 (launch-ls-debug-at-point)
 (rig-printed "of b in b by its mark\n")
 (rig-ended)

 ;; What it means.
 (rig-edit "../b/m.py")
 (cl-letf (((symbol-function 'completing-read) (lambda (&rest _) "same (a)")))
   (call-interactively #'launch-ls-resolve))
 (rig-await "page" (lambda () (when-let ((buffer (get-buffer "*launch-ls configuration*")))
                                (string-search "/a/m.py" (rig-text buffer))))))
