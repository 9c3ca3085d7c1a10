package signature

import "time"

// stamped writes the time into a copy of m where the scheme has one, and
// returns it as text. A time in the body or the query belongs to the message:
// it is made fresh only where it is missing or its age matters.
func (l Layout) stamped(m Message, now time.Time) (Message, string, error) {
	at := l.Timestamp.At
	if at.IsZero() {
		return m, "", nil
	}
	stamp := l.Timestamp.Format.format(now)
	switch at.Kind {
	case PartKey:
		return m, stamp, nil
	case PartHeader:
		m.Header = m.Header.With(at.Name, stamp)
		return m, stamp, nil
	}
	there := ReadFields(m).Get(at)
	if there.Times == 1 && l.Timestamp.Tolerance <= 0 || there.Times == 0 && l.Timestamp.Optional {
		return m, there.Text, nil
	}
	out, err := write(m, at, stamp)
	return out, stamp, err
}
