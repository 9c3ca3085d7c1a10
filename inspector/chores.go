package inspector

import (
	"context"
	"slices"

	"github.com/oklog/ulid/v2"
)

// choresWaiting bounds the work that is put off. What finds no room is dropped:
// a flood of forged deliveries must not pile up work, and a diagnosis is made
// when somebody asks for it in any case.
const choresWaiting = 256

// later does a small piece of work off the hot path.
func (i *Inspector) later(chore func(context.Context)) {
	select {
	case i.chores <- chore:
	default:
		i.log.Debug("dropping background work: too much is waiting")
	}
}

// doChores does what was put off, one piece at a time, until Close.
func (i *Inspector) doChores() {
	for {
		select {
		case <-i.ctx.Done():
			return
		case chore := <-i.chores:
			chore(i.ctx)
		}
	}
}

// noteForgery writes the warning into a capture that repeats an id with other
// content. It takes a second write, which only this rare and grave case is worth.
func (i *Inspector) noteForgery(ctx context.Context, id ulid.ULID) {
	err := i.store.Change(ctx, id, func(c *Capture) {
		if says := SameIDOtherContent.Says(); !slices.Contains(c.Notes, says) {
			c.Notes = append(c.Notes, says)
		}
	})
	if err != nil && ctx.Err() == nil { // Close cuts this short, which is no news
		i.log.Warn("noting a possible forgery", "capture", id.String(), "error", err)
	}
}
