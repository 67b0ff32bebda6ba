"""Stretches of a text answer as a walk over all of them would."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.geo.spans import Spans

SPAN = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda pair: (pair[0], sum(pair)))


@given(spans=st.lists(SPAN), asked=SPAN)
def test_spans_hold_meet_and_lie_within_as_each_of_them_does(spans, asked):
    """They may overlap and stand in any order."""
    start, end = asked
    known = Spans(spans)
    assert known.hold(start, end) == any(s <= start and end <= e for s, e in spans)
    assert known.meet(start, end) == any(s < end and start < e for s, e in spans)
    assert known.within(start, end) == any(start <= s and e <= end for s, e in spans)
