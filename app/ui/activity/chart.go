// Package activity is the strip above the list: how many captures were received
// in each step of time, those that are not verified in red, and a brush with
// which a range of time is chosen. Start with Strip; Counter makes what it shows.
package activity

import "time"

// MostBars is how many steps a chart has at most.
const MostBars = 60

// Bar is what was received in one step.
type Bar struct{ All, Failed int }

// Chart is counts in equal steps of time, the oldest first. The zero Chart has
// nothing to show.
type Chart struct {
	From   time.Time
	Step   time.Duration
	Bars   []Bar
	Chosen bool // somebody chose this range of time
	// Counting tells that the counts still grow, Limit that they are those of the
	// newest Limit captures only; 0 is no limit.
	Counting bool
	Limit    int
}

// Start is when step i begins; that of one past the last is the end.
func (c Chart) Start(i int) time.Time { return c.From.Add(time.Duration(i) * c.Step) }

// Sum is what was received in the steps from first to last, both included.
func (c Chart) Sum(first, last int) (sum Bar) {
	for _, b := range c.Bars[max(first, 0):min(last+1, len(c.Bars))] {
		sum.All += b.All
		sum.Failed += b.Failed
	}
	return sum
}

// highest is the largest count of a step.
func (c Chart) highest() (most int) {
	for _, b := range c.Bars {
		most = max(most, b.All)
	}
	return most
}

// steps are the breadths that a bar may have; after the last one they double.
var steps = [...]time.Duration{
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	day, 2 * day, 7 * day, 14 * day, 28 * day,
}

const day = 24 * time.Hour

// mostSpan is as far back as a chart goes. A Duration holds no more than 292 years.
const mostSpan = 200 * 365 * day

// span is a chart without counts over all minutes from first to last, with the
// shortest step that fits. Steps begin at full steps of the clock in zone.
func span(first, last time.Time, zone *time.Location) Chart {
	if last.Before(first) {
		last = first
	}
	if last.Sub(first) > mostSpan {
		first = last.Add(-mostSpan)
	}
	_, offset := last.In(zone).Zone()
	for i, step := 0, steps[0]; ; i++ {
		if i < len(steps) {
			step = steps[i]
		} else {
			step *= 2
		}
		from := floor(first, step, offset)
		n := floor(last, step, offset).Sub(from)/step + 1
		if n <= MostBars && from.Add(n*step).After(last) {
			return Chart{From: from.In(zone), Step: step, Bars: make([]Bar, n)}
		}
	}
}

// floor is the latest full step that is not after t. Days begin at midnight and
// weeks with Monday, offset seconds east of UTC.
func floor(t time.Time, step time.Duration, offset int) time.Time {
	const monday = 4 * 24 * 60 * 60 // 1970 began with a Thursday
	seconds, size := t.Unix()+int64(offset)-monday, int64(step/time.Second)
	rest := seconds % size
	if rest < 0 {
		rest += size
	}
	return time.Unix(t.Unix()-rest, 0)
}

// at is the step that t is in; ok is false when it is in none.
func (c Chart) at(t time.Time) (i int, ok bool) {
	if t.Before(c.From) {
		return 0, false
	}
	i = int(t.Sub(c.From) / c.Step)
	return i, i < len(c.Bars)
}
