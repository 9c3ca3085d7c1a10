package ui

import "shopbell/inspector"

// at returns the row at seq if it is in memory, without asking for it.
func (l *listing) at(seq int) (row, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.blocks.get(seq)
}

// recent returns the newest captures of the list that are in memory, at most n.
func (l *listing) recent(n int) (list []inspector.Summary) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for seq := l.blocks.top; seq < min(l.blocks.end, l.blocks.top+n); seq++ {
		if r, ok := l.blocks.get(seq); ok {
			list = append(list, r.Summary)
		}
	}
	return list
}
