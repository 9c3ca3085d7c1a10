package inspector

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/oklog/ulid/v2"
)

// rejudgePage is how many summaries are read at a time, and rejudgeTogether how
// many verdicts are written at a time, so that they share a sync of the disk.
const (
	rejudgePage     = 256
	rejudgeTogether = 16
)

// Rejudge judges the kept captures of an endpoint again, newest first, as of
// the time each was received; a new secret calls for it. It returns how many
// outcomes changed. A held capture stays held, even when it now verifies:
// sending it late is for a person to decide.
func (i *Inspector) Rejudge(ctx context.Context, endpoint string) (int, error) {
	route := i.setup.Load().named(endpoint)
	if route == nil {
		return 0, fmt.Errorf("judging again: no endpoint is called %q", endpoint)
	}
	changed := 0
	var before ulid.ULID
	for {
		page, err := i.store.Page(ctx, Query{}, before, rejudgePage)
		if err != nil {
			return changed, fmt.Errorf("judging the captures of %q again: %w", endpoint, err)
		}
		if len(page) == 0 {
			return changed, nil
		}
		before = page[len(page)-1].ID
		n, err := i.rejudgeAll(ctx, route, page)
		changed += n
		if err != nil {
			return changed, fmt.Errorf("judging the captures of %q again: %w", endpoint, err)
		}
	}
}

// rejudgeAll judges those of a page that belong to the route's endpoint.
func (i *Inspector) rejudgeAll(ctx context.Context, route *route, page []Summary) (int, error) {
	var (
		group   sync.WaitGroup
		mu      sync.Mutex
		changed int
		failed  error
	)
	slots := make(chan struct{}, rejudgeTogether)
	for _, s := range page {
		if s.Endpoint != route.Name {
			continue
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			different, err := i.rejudge(ctx, route, s.ID)
			mu.Lock()
			defer mu.Unlock()
			if different {
				changed++
			}
			failed = errors.Join(failed, err)
		})
	}
	group.Wait()
	return changed, failed
}

// rejudge judges one capture again and tells whether its outcome changed.
func (i *Inspector) rejudge(ctx context.Context, route *route, id ulid.ULID) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	c, err := i.store.Get(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil // retention was faster
	}
	if err != nil {
		return false, err
	}
	j := i.judge(route, c.Message, c.Received)
	v := i.sameHandshake(route, &c, &j)
	was := c.Verdict
	was.Diagnosis = nil
	now := i.relabelled(&c, &j)
	if reflect.DeepEqual(v, was) && reflect.DeepEqual(now.Summary, c.Summary) {
		return false, nil
	}
	err = i.store.Change(ctx, id, func(c *Capture) {
		c.Verdict, c.Outcome, c.Cover = v, v.Outcome, v.Cover
		if c.Provider != now.Provider {
			c.Notes = now.Notes
		}
		c.Provider, c.Detected, c.Event, c.EventDerived, c.Hint = now.Provider, now.Detected, now.Event, now.EventDerived, now.Hint
		c.DeliveryID, c.DeliveryIDDerived = now.DeliveryID, now.DeliveryIDDerived
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err == nil && v.Outcome.Held() {
		i.later(func(ctx context.Context) { _, _ = i.Diagnose(ctx, id) }) // made again when asked for
	}
	return err == nil && v.Outcome != was.Outcome, err
}

// relabelled returns c with what j's provider reads in it. A handshake keeps its
// labels, for it was answered as that.
func (i *Inspector) relabelled(c *Capture, j *judgement) Capture {
	now := *c
	if c.Handshake != "" || j.failed {
		return now
	}
	if c.Provider != j.provider.ID {
		old, _ := i.catalog().Get(c.Provider)
		outdated := old.Notes(c.Message)
		now.Notes = slices.DeleteFunc(slices.Clone(c.Notes), func(note string) bool { return slices.Contains(outdated, note) })
		now.Notes = append(now.Notes, j.provider.Notes(c.Message)...)
	}
	now.Provider, now.Detected, now.Hint = j.provider.ID, j.detected, j.hint
	now.Event, now.EventDerived = j.event.Text, j.event.Derived
	now.DeliveryID, now.DeliveryIDDerived = j.delivery.Text, j.delivery.Derived
	return now
}
