/** What the programs below begin with; the last line of each prints the counts. */
const prelude = `import json, os, sys, time
from dataclasses import asdict
from datetime import datetime, timezone
import plumbline
rejected, errors = [], []
def open_client(model, **options):
    options = {"on_rejected": rejected.append, "on_error": errors.append, **options}
    return plumbline.Client(os.environ["PLUMBLINE_URL"], os.environ["PLUMBLINE_API_KEY"], model, **options)
def row(identifier):
    return {"prediction_id": identifier, "prediction_timestamp": 1769927400, "prediction_score": 0.25}
def report(client, **more):
    found = [[r.prediction_id, r.code, r.pointer] for r in rejected]
    print(json.dumps({**asdict(client.stats()), "rows": found, **more}))
`;
const program = (text: string) => `${prelude}${text}`;

/** `event` and `actual` come as JSON; the client is not closed. */
export const logOne = (event: unknown, actual: unknown) =>
  program(`
client = open_client("py-values")
client.log_actual(json.loads(${JSON.stringify(JSON.stringify(actual))}))
assert client.flush()
event = json.loads(${JSON.stringify(JSON.stringify(event))})
event["prediction_timestamp"] = datetime.fromisoformat(event["prediction_timestamp"].replace("Z", "+00:00"))
client.log(**event)
`);

/** Logs 1,000 rows a second until the file `stop` is there. */
export const logUntilStopped = program(`
client = open_client("py-killed", max_batch_rows=100)
logged = 0
while not os.path.exists("stop"):
    for _ in range(10):
        client.log(row(f"k-{logged}"))
        logged += 1
    time.sleep(0.01)
assert client.flush(60)
client.close()
report(client)
`);

export const logManyAtOnce = program(`
client = open_client("py-cut", max_batch_rows=50)
for index in range(400):
    client.log(row(f"c-{index}"))
client.close()
report(client)
`);

export const logBadRows = program(`
client = open_client("py-bad")
client.log(row("good-1"))
client.log(row("bad-score"), prediction_score=1.5)
client.log(row("bad-field"), colour="red")
client.log(row("bad-number"), features={"distance": float("-inf")})
client.log(row("bad-time"), prediction_timestamp=datetime(2026, 2, 1))
client.log(row("good-2"))
client.flush()
client.log(row("good-1"), prediction_score=0.9)
client.log(row("good-2"))
client.close()
report(client)
`);

export const logToNobody = program(`
import tracemalloc
client = open_client("m", max_queue_rows=2000, close_timeout=0.5)
tracemalloc.start()
for index in range(40_000):
    client.log(row(f"p-{index}"), tags={"note": str(index).ljust(1500, "x")})
peak = tracemalloc.get_traced_memory()[1]
tracemalloc.stop()
queued = client.stats().queued
started_at = time.monotonic()
client.close()
report(client, peak=peak, full=queued, took=time.monotonic() - started_at)
`);

/** The kinds of columns that pandas has, with gaps, and a naive time in the last frame. */
export const logFrames = program(`
import numpy as np
import pandas as pd
frame = pd.DataFrame({
    "id": np.array([1, 2, 3], dtype="int64"),
    "at": pd.to_datetime(["2026-02-01 06:30:00.25", "2026-02-01 07:00:00.00", "2026-07-01 07:00:00.00"]).tz_localize("Europe/Berlin"),
    "distance": [2176.5, np.nan, 12.0],
    "small": np.array([0.5, 0.25, 2.0], dtype="float32"),
    "count": pd.array([7, None, 9], dtype="Int64"),
    "origin": pd.Categorical(["LAS", None, "SFO"]),
    "weekend": np.array([True, False, True]),
    "day": ["sun", pd.NA, None],
    "score": [0.75, 0.25, 0.5],
    "shap_distance": [0.32, np.nan, -0.5],
    "shap_origin": [0.18, 0.01, 0.0],
    "base": np.array([0.21, 0.21, 0.21]),
    "rank": [1.0, np.nan, 2.0],
})
client = open_client("py-frames")
queued = client.log_dataframe(
    frame, prediction_id="id", prediction_timestamp="at", prediction_score="score",
    features=["distance", "small", "count", "origin", "weekend"], tags={"weekday": "day"},
    shap_values={"distance": "shap_distance", "origin": "shap_origin"}, shap_base_value="base",
    rank="rank", model_version="2026.02",
)
truth = pd.DataFrame({"id": [1, 2, 3], "label": ["late", None, "on_time"],
                      "at": pd.to_datetime(["2026-02-02", None, "2026-07-02"], utc=True)})
known = truth[truth["label"].notna()]
queued += client.log_dataframe(known, prediction_id="id", actual_label="label", actual_timestamp="at")
naive = pd.DataFrame({"id": ["naive"], "at": pd.to_datetime(["2026-02-01"]), "score": [0.5]})
queued += client.log_dataframe(naive, prediction_id="id", prediction_timestamp="at", prediction_score="score")
zoned = open_client("py-frames", timezone=timezone.utc)
zoned.log_dataframe(naive, prediction_id="id", prediction_timestamp="at", prediction_score="score")
zoned.close()
client.close()
report(client, queued_rows=queued)
`);
