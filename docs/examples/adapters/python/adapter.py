#!/usr/bin/python3
"""A registry that is one CSV file, as an adapter for Tracegate: adapter.py WEAPONS.csv

The gateway starts it and tells it in TRACEGATE_ADAPTER_SOCKET where to listen; docs/operating/writing_an_adapter.md
says how to make the modules `tracegate.*` from the protos.
"""

import csv
import os
import re
import sys
import unicodedata
from concurrent import futures

import grpc
from tracegate.adapter.v1 import registry_adapter_pb2 as contract
from tracegate.adapter.v1 import registry_adapter_pb2_grpc as services

STATE = os.environ.get("ADAPTER_STATE", "BR")


def fold(serial):
    """What of a serial is compared: its letters and digits, in capitals."""
    return "".join(c for c in unicodedata.normalize("NFKC", serial).upper() if c.isalnum())


def expression(pattern):
    """`?` stands for one character, `*` for any number; separators count in neither."""
    kept = "".join(c for c in pattern.upper() if c.isalnum() or c in "?*")
    return re.compile("".join({"?": ".", "*": ".*"}.get(c, re.escape(c)) for c in kept), re.DOTALL)


def record_of(row):
    """One line of the file in the words of the contract, and beside them as it stands there."""
    answer = contract.GetRecordResponse()
    record = answer.record
    record.record_number = row["record"]
    weapon = record.firearm
    weapon.serial_number = row["serial"]
    weapon.manufacturer.verbatim = row["make"]
    weapon.model.verbatim = row["model"]
    weapon.calibre.verbatim = row["calibre"]
    if row["year"].isdigit():
        weapon.year_of_manufacture = int(row["year"])
    for name, value in row.items():
        record.verbatim.add(name=name, value=value)
    return record


class CsvRegistry(services.RegistryAdapterServicer):
    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            records = [record_of(row) for row in csv.DictReader(file)]
        self.by_number = {record.record_number: record for record in records}
        self.by_serial = [(fold(record.firearm.serial_number), record) for record in records]

    def Describe(self, request, context):
        return contract.DescribeResponse(
            name="weapons in a CSV file",
            states=[STATE],
            search_fields=[contract.SEARCH_FIELD_SERIAL_NUMBER],
            partial_serials=True,
            expected_answer_ms=20)

    def Find(self, request, context):
        wanted = {fold(spelling) for spelling in request.serial_spellings} - {""}
        pattern = expression(request.serial_pattern) if fold(request.serial_pattern) else None
        found = [record for serial, record in self.by_serial
                 if serial in wanted or (pattern and pattern.fullmatch(serial))]
        answer = contract.FindResponse()
        answer.records.records.extend(found[:request.candidates_max])
        answer.records.more = len(found) > request.candidates_max
        answer.records.SetInParent()  # finding nothing is an answer too
        return answer

    def GetRecord(self, request, context):
        record = self.by_number.get(request.record_number)
        if record is None:
            context.abort(grpc.StatusCode.NOT_FOUND, "no record of that number")
        return contract.GetRecordResponse(record=record)

    def Health(self, request, context):
        return contract.HealthResponse()


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
    services.add_RegistryAdapterServicer_to_server(CsvRegistry(sys.argv[1]), server)
    server.add_insecure_port("unix:" + os.environ["TRACEGATE_ADAPTER_SOCKET"])
    server.start()
    print("tracegate-adapter 1", flush=True)  # from now on the gateway may ask
    sys.stdin.buffer.read()  # ends with the gateway
    server.stop(grace=None)


if __name__ == "__main__":
    main()
