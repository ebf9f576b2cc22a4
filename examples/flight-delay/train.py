"""Trains the flight-delay model on January 2001 and writes model.json and the test fixture.

Usage: python train.py [path to flights-3m.parquet]
"""

import json
import sys
from pathlib import Path

import duckdb
import lightgbm as lgb
import numpy as np
import pandas as pd
import shap
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).parent
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "node_modules/vega-datasets/data/flights-3m.parquet"
SEED = 2001
LATE_AFTER_MINUTES = 15
MONTHS = {"2001-02": "2001-03", "2001-03": "2001-04", "2001-04": "2001-05", "2001-05": "2001-06", "2001-06": "2001-07"}
FEATURES = ["distance", "origin", "destination", "hour", "weekday", "origin_departures_1h", "origin_late_share_1h"]
CATEGORICAL = ["origin", "destination", "weekday"]
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 16,
    "learning_rate": 0.15,
    "min_data_in_leaf": 400,
    "cat_smooth": 50,
    "min_data_per_group": 300,
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
TREES = 60
BACKGROUND_ROWS = 50
FIXTURE_ROWS = 200
EXPLAINED_ROWS = 20


def load(connection, start, end):
    query = (HERE / "features.sql").read_text()
    frame = connection.execute(query, {"from": start, "to": end, "every_nth": 1}).df()
    frame["late"] = frame["delay"] > LATE_AFTER_MINUTES
    return frame


def encode(frame, categories):
    """Raw strings become their index in `categories`; a value unseen in training becomes NaN."""
    columns = []
    for name in FEATURES:
        if name in categories:
            codes = {value: code for code, value in enumerate(categories[name])}
            columns.append(frame[name].map(codes).to_numpy(dtype=float))
        else:
            columns.append(frame[name].to_numpy(dtype=float))
    return np.column_stack(columns)


def export_node(node):
    if "leaf_value" in node:
        return node["leaf_value"]
    split = {"feature": node["split_feature"]}
    if node["decision_type"] == "==":
        split["categories"] = [int(code) for code in node["threshold"].split("||")]
    else:
        assert node["decision_type"] == "<=" and node["missing_type"] in ("None", "NaN"), node
        split["threshold"] = node["threshold"]
        # With missing type None LightGBM reads a missing number as 0.
        goes_left = node["default_left"] if node["missing_type"] == "NaN" else 0 <= node["threshold"]
        split["missing"] = "left" if goes_left else "right"
    split["left"] = export_node(node["left_child"])
    split["right"] = export_node(node["right_child"])
    return split


def to_rows(frame):
    rows = json.loads(frame[FEATURES].to_json(orient="records", double_precision=15))
    for row, share in zip(rows, frame["origin_late_share_1h"]):
        row["origin_late_share_1h"] = None if np.isnan(share) else float(share)
    return rows


def measure(frame, scores):
    return {
        "n": len(frame),
        "late_share": round(float(frame["late"].mean()), 4),
        "mean_score": round(float(scores.mean()), 4),
        "roc_auc": round(float(roc_auc_score(frame["late"], scores)), 4),
    }


def main():
    connection = duckdb.connect()
    path = str(DATA).replace("'", "''")
    connection.execute(f"create view flights as select * from read_parquet('{path}', file_row_number = true)")

    train = load(connection, "2001-01-01", "2001-01-25")
    held_out = load(connection, "2001-01-25", "2001-02-01")
    categories = {name: sorted(train[name].unique()) for name in CATEGORICAL}
    dataset = lgb.Dataset(
        encode(train, categories),
        train["late"].to_numpy(dtype=float),
        feature_name=FEATURES,
        categorical_feature=CATEGORICAL,
    )
    booster = lgb.train(PARAMETERS, dataset, num_boost_round=TREES)

    def predict(frame):
        return booster.predict(encode(frame, categories))

    held_out_scores = predict(held_out)
    # Calls as many held-out flights late as were late.
    threshold = round(float(np.quantile(held_out_scores, 1 - held_out["late"].mean())), 2)
    metrics = {
        "train 2001-01-01..24": measure(train, predict(train)),
        "hold-out 2001-01-25..31": measure(held_out, held_out_scores),
    }
    sample = [held_out]
    for month, following in MONTHS.items():
        frame = load(connection, f"{month}-01", f"{following}-01")
        metrics[month] = measure(frame, predict(frame))
        sample.append(frame.sample(FIXTURE_ROWS, random_state=SEED))
        sample.append(frame[~frame["origin"].isin(categories["origin"])].head(2))
    for name, row in metrics.items():
        print(name, row)

    background = train.sample(BACKGROUND_ROWS, random_state=SEED).sort_values("row_id")
    model = {
        "name": "flight-delay",
        "version": "2001.01",
        "positive_label": "late",
        "negative_label": "on_time",
        "decision_threshold": threshold,
        "trained_on": {"from": "2001-01-01", "to": "2001-01-25", "n": len(train)},
        "metrics": metrics,
        "features": [
            {"name": name, "kind": "categorical", "categories": categories[name]}
            if name in CATEGORICAL
            else {"name": name, "kind": "numeric"}
            for name in FEATURES
        ],
        "background": to_rows(background),
        "trees": [export_node(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]],
    }
    (HERE / "model.json").write_text(json.dumps(model, separators=(",", ":"), ensure_ascii=False) + "\n")

    pool = pd.concat(sample[1:])
    unseen = pool[~pool["origin"].isin(categories["origin"])]
    missing = pool[pool["origin_late_share_1h"].isna()].head(20)
    rows = pd.concat([unseen, missing, pool.sample(frac=1, random_state=SEED)])
    rows = rows.drop_duplicates("row_id").head(FIXTURE_ROWS)
    scores = predict(rows)
    masker = shap.maskers.Independent(encode(background, categories), max_samples=BACKGROUND_ROWS)
    explainer = shap.explainers.ExactExplainer(booster.predict, masker)
    explanation = explainer(encode(rows.head(EXPLAINED_ROWS), categories), silent=True)
    fixture = []
    for index, (features, score) in enumerate(zip(to_rows(rows), scores)):
        entry = {"features": features, "probability": float(score)}
        if index < EXPLAINED_ROWS:
            entry["base_value"] = float(explanation.base_values[index])
            entry["shap_values"] = dict(zip(FEATURES, map(float, explanation.values[index])))
        fixture.append(entry)
    (HERE / "src" / "model.fixture.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
