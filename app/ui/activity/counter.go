package activity

import "time"

// LeastSpan is the shortest range of time that a chart shows unless a shorter
// one was chosen.
const LeastSpan = time.Hour

// Counts calls f with the minute in which captures were received, how many they
// were, and whether they failed. It is called twice, and may have grown by then.
type Counts func(f func(minute time.Time, count int, failed bool))

// Range is the range of time that was chosen; a zero time is no bound.
type Range struct{ Since, Until time.Time }

// Count makes a chart of counts within a range: over all of them up to now, or
// over the range that was chosen.
func Count(counts Counts, chosen Range, now time.Time) Chart {
	oldest, newest, some := ends(counts)
	first, last := now.Add(time.Minute-LeastSpan), now
	if some && oldest.Before(first) {
		first = oldest
	}
	if some && newest.After(last) {
		last = newest
	}
	if most := now.Add(day); last.After(most) {
		last = most // what a wrong clock put years ahead must not hide the rest
	}
	if !chosen.Since.IsZero() {
		first = chosen.Since
	}
	if !chosen.Until.IsZero() {
		last = chosen.Until
	}
	c := span(first, last, now.Location())
	c.Chosen = chosen != Range{}
	counts(func(minute time.Time, count int, failed bool) {
		i, ok := c.at(minute)
		if !ok {
			return
		}
		c.Bars[i].All += count
		if failed {
			c.Bars[i].Failed += count
		}
	})
	return c
}

// ends are the first and the last minute of counts.
func ends(counts Counts) (oldest, newest time.Time, some bool) {
	counts(func(minute time.Time, _ int, _ bool) {
		if !some || minute.Before(oldest) {
			oldest = minute
		}
		if !some || minute.After(newest) {
			newest = minute
		}
		some = true
	})
	return oldest, newest, some
}
