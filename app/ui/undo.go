package ui

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/inspector"
)

// undoMost is the number of captures that can be deleted at once and brought
// back. More at once go for good, and the user is told before.
const undoMost = 10_000

// undoDepth is how many deletions are remembered.
const undoDepth = 20

// deleteCaptures removes captures so that undo brings them back. Too many for
// that go for good, after a question.
func (w *Window) deleteCaptures(ids ...ulid.ULID) {
	switch {
	case len(ids) == 0:
	case len(ids) <= undoMost:
		w.discard(ids)
	default:
		w.confirm(lang.L("Delete {{.Count}} captures?", counted(len(ids))),
			lang.L("More than {{.Most}} captures at once are deleted for good: this cannot be undone.", map[string]any{"Most": grouped(undoMost)}),
			lang.L("Delete"), func() {
				w.task(func(ctx context.Context) error { return w.engine.Store().Delete(ctx, ids...) },
					func(err error) { w.afterDeleting(ids, err, "") })
			})
	}
}

// discard removes captures and offers to undo that.
func (w *Window) discard(ids []ulid.ULID) {
	w.task(func(ctx context.Context) error { return w.engine.Store().Discard(ctx, ids...) }, func(err error) {
		w.deleted = append(w.deleted, inspector.Discarded{At: w.options.Now(), IDs: ids}) // a part may be deleted also after a failure
		w.deleted = w.deleted[max(0, len(w.deleted)-undoDepth):]
		next := w.neighbour(ids)
		w.afterDeleting(ids, err, lang.L("Undo"))
		if next != (ulid.ULID{}) {
			w.open(next)
			w.list.several.anchor = anchor{id: next} // Shift goes on from there too
		}
	})
}

// afterDeleting says what was deleted and shows what is left.
func (w *Window) afterDeleting(ids []ulid.ULID, err error, undo string) {
	if id, _ := w.chosen(); slices.Contains(ids, id) {
		w.unselect()
	}
	w.list.clearSelection()
	w.relist()
	says := lang.L("{{.Count}} captures deleted.", counted(len(ids)))
	if len(ids) == 1 {
		says = lang.L("One capture deleted.")
	}
	switch {
	case err != nil && !errors.Is(err, context.Canceled):
		w.notice.fail(lang.L("Not everything was deleted"), err)
	case undo != "":
		w.notice.offer(says, undo, w.undo)
	default:
		w.notice.tell(says)
	}
	w.menu.show(w)
}

// relist opens the list anew, at the same place: rows in its middle came or went.
func (w *Window) relist() {
	w.list.search.run()
	w.refresh.refreshNow()
}

// neighbour is the capture below the selected one, or above it at the end of
// the list, if the selected one is among ids: so one can go on from there.
func (w *Window) neighbour(ids []ulid.ULID) ulid.ULID {
	l, id := w.list.listing, w.list.selected
	if l == nil || !slices.Contains(ids, id) {
		return ulid.ULID{}
	}
	at, ok := l.find(id)
	if !ok {
		return ulid.ULID{}
	}
	gone := make(map[ulid.ULID]bool, len(ids))
	for _, id := range ids {
		gone[id] = true
	}
	for _, by := range []int{1, -1} {
		for seq := at + by; ; seq += by {
			r, ok := l.peek(seq)
			if !ok {
				break
			}
			if !gone[r.ID] {
				return r.ID
			}
		}
	}
	return ulid.ULID{}
}

// undoer is a text field.
type undoer interface{ Undo() }

// whyNoUndo tells why nothing can be undone.
func (w *Window) whyNoUndo() string {
	if _, typing := w.win.Canvas().Focused().(undoer); typing {
		return ""
	}
	if len(w.sheets) > 0 || len(w.undoable()) == 0 {
		return lang.L("Nothing was deleted in the last ten minutes.")
	}
	return ""
}

// undoable are the deletions that can still be undone.
func (w *Window) undoable() []inspector.Discarded {
	limit := w.options.Now().Add(-inspector.DiscardTime)
	for len(w.deleted) > 0 && w.deleted[0].At.Before(limit) {
		w.deleted = w.deleted[1:]
	}
	return w.deleted
}

// loadUndo finds what was deleted before the window was opened and can still
// come back: the program may have ended right after it.
func (w *Window) loadUndo() {
	var earlier []inspector.Discarded
	w.task(func(ctx context.Context) (err error) {
		earlier, err = w.engine.Store().Discarded(ctx)
		return err
	}, func(err error) {
		if err != nil {
			w.notice.fail(lang.L("What was deleted cannot be read"), err)
		}
		if len(w.deleted) == 0 {
			w.deleted = earlier[max(0, len(earlier)-undoDepth):]
			w.menu.show(w)
		}
	})
}

// undo takes back the last deletion, or in a text field the last typing: the
// toolkit asks the menu first, also while a field has the focus.
func (w *Window) undo() {
	if field, typing := w.win.Canvas().Focused().(undoer); typing {
		field.Undo()
		return
	}
	all := w.undoable()
	if len(all) == 0 {
		return
	}
	last := all[len(all)-1]
	w.deleted = all[:len(all)-1]
	var back int
	w.task(func(ctx context.Context) (err error) {
		back, err = w.engine.Store().Recover(ctx, last.IDs...)
		return err
	}, func(err error) { w.afterUndo(last, back, err) })
}

func (w *Window) afterUndo(last inspector.Discarded, back int, err error) {
	w.relist()
	switch {
	case err != nil:
		w.deleted = append(w.deleted, last) // the next undo tries again
		w.notice.fail(lang.L("The captures did not come back"), err)
	case back < len(last.IDs):
		w.notice.fail(lang.L("Not all captures came back"), errors.New(
			lang.L("{{.Count}} of {{.All}} were still there", map[string]any{"Count": grouped(back), "All": grouped(len(last.IDs))})))
	case back == 1:
		w.notice.tell(lang.L("The capture is back."))
	default:
		w.notice.tell(lang.L("{{.Count}} captures are back.", counted(back)))
	}
	if back == len(last.IDs) {
		w.open(last.IDs[0])
	}
	w.menu.show(w)
}
