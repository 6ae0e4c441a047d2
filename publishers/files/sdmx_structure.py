"""The structure of the SDMX-CSV files, as an SDMX-ML 3.0 message: code lists, concepts, data structures, dataflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from publishers.files.codes import CONF_STATUSES, OBS_STATUSES, Code
from publishers.files.labels import Label, label_of_column, label_of_table
from publishers.files.provenance import TITLE, TITLE_EN, Provenance
from publishers.files.sdmx import AGENCY, VERSION, Flow, component
from publishers.files.tables import Column, Kind

_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
_URN = "urn:sdmx:org.sdmx.infomodel"
_CONCEPTS = "CONCEPTS"
_FREQUENCIES = (Code("M", "Månedlig", "Monthly"),)
_FIXED = {
    "FREQ": (Label("Frekvens", "Frequency"), "How often figures come."),
    "TIME_PERIOD": (Label("Måned", "Month"), "Month at whose end people are counted."),
    "OBS_VALUE": (Label("Deltakere", "Participants"), "People taking part; missing where NAV printed a star."),
    "OBS_STATUS": (Label("Observasjonsstatus", "Observation status"), "Codes of SDMX's list CL_OBS_STATUS."),
    "CONF_STATUS": (Label("Konfidensialitet", "Confidentiality status"), "Codes of SDMX's list CL_CONF_STATUS."),
}
"""Concepts that are no columns of the tables."""
_TEXT_TYPES = {Kind.INTEGER: "Long", Kind.NUMBER: "Double", Kind.BOOLEAN: "Boolean"}


def structure(flows: Sequence[Flow], code_lists: Mapping[str, Sequence[Code]], provenance: Provenance) -> bytes:
    """Return the message that describes the files of `flows`.

    `code_lists` has the codes of each dimension by the id of its component.
    """
    message = Element(
        "mes:Structure",
        {f"xmlns:{prefix}": f"{_SCHEMAS}/{name}" for prefix, name in _NAMESPACES.items()},
    )
    _add_header(message, provenance)
    structures = SubElement(message, "mes:Structures")
    # The order of these four is the schema's.
    dataflows = SubElement(structures, "str:Dataflows")
    for flow in flows:
        _add_dataflow(dataflows, flow, provenance)
    lists = SubElement(structures, "str:Codelists")
    for name, codes in _all_code_lists(code_lists):
        _add_code_list(lists, name, codes)
    _add_concepts(SubElement(structures, "str:ConceptSchemes"), flows)
    definitions = SubElement(structures, "str:DataStructures")
    for flow in flows:
        _add_data_structure(definitions, flow)
    indent(message)
    written: bytes = tostring(message, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


_NAMESPACES = {"mes": "message", "str": "structure", "com": "common"}


def _all_code_lists(code_lists: Mapping[str, Sequence[Code]]) -> Iterator[tuple[str, Sequence[Code]]]:
    yield from {
        "CONF_STATUS": CONF_STATUSES,
        "FREQ": _FREQUENCIES,
        "OBS_STATUS": OBS_STATUSES,
        **dict(sorted(code_lists.items())),
    }.items()


def _add_header(message: Element, provenance: Provenance) -> None:
    header = SubElement(message, "mes:Header")
    SubElement(header, "mes:ID").text = f"{AGENCY}_{provenance.project_state[:12]}"
    SubElement(header, "mes:Test").text = "false"
    SubElement(header, "mes:Prepared").text = provenance.built_at_text
    SubElement(header, "mes:Sender", id=AGENCY)


def _add_dataflow(parent: Element, flow: Flow, provenance: Provenance) -> None:
    dataflow = SubElement(parent, "str:Dataflow", id=flow.id, agencyID=AGENCY, version=VERSION)
    annotations = SubElement(dataflow, "com:Annotations")
    for name, text in provenance.as_texts().items():
        annotation = SubElement(annotations, "com:Annotation", id=name.upper())
        SubElement(annotation, "com:AnnotationTitle").text = name
        SubElement(annotation, "com:AnnotationText", {"xml:lang": "en"}).text = text
    _add_names(dataflow, label_of_table(flow.table.name), flow.table.comment)
    SubElement(dataflow, "str:Structure").text = f"{_URN}.datastructure.DataStructure={AGENCY}:{flow.id}({VERSION})"


def _add_code_list(parent: Element, name: str, codes: Sequence[Code]) -> None:
    code_list = SubElement(parent, "str:Codelist", id=f"CL_{name}", agencyID=AGENCY, version=VERSION)
    _add_names(code_list, _FIXED[name][0] if name in _FIXED else label_of_column(name.lower()))
    for each in codes:
        _add_names(SubElement(code_list, "str:Code", id=each.code), Label(each.name, each.name_en))


def _add_concepts(parent: Element, flows: Sequence[Flow]) -> None:
    scheme = SubElement(parent, "str:ConceptScheme", id=_CONCEPTS, agencyID=AGENCY, version=VERSION)
    _add_names(scheme, Label(TITLE, TITLE_EN))
    for name, (label, description) in _FIXED.items():
        _add_names(SubElement(scheme, "str:Concept", id=name), label, description)
    columns = {column.name: column for flow in flows for column in (*flow.dimensions, *flow.attributes)}
    for _, column in sorted(columns.items()):
        _add_names(
            SubElement(scheme, "str:Concept", id=component(column)), label_of_column(column.name), column.comment
        )


def _add_data_structure(parent: Element, flow: Flow) -> None:
    definition = SubElement(parent, "str:DataStructure", id=flow.id, agencyID=AGENCY, version=VERSION)
    _add_names(definition, label_of_table(flow.table.name))
    components = SubElement(definition, "str:DataStructureComponents")
    dimensions = SubElement(components, "str:DimensionList")
    for position, name in enumerate(["FREQ", *map(component, flow.dimensions)], start=1):
        dimension = SubElement(dimensions, "str:Dimension", id=name, position=str(position))
        _add_coded(dimension, name)
    time = SubElement(dimensions, "str:TimeDimension", id="TIME_PERIOD")
    _add_uncoded(time, "TIME_PERIOD", "ObservationalTimePeriod")
    attributes = SubElement(components, "str:AttributeList")
    for name in ("OBS_STATUS", "CONF_STATUS"):
        attribute = SubElement(attributes, "str:Attribute", id=name, usage="mandatory")
        _add_coded(attribute, name)
        _add_relationship(attribute)
    for column in flow.attributes:
        usage = "mandatory" if column.is_required else "optional"
        attribute = SubElement(attributes, "str:Attribute", id=component(column), usage=usage)
        _add_uncoded(attribute, component(column), _text_type(column))
        _add_relationship(attribute)
    measure = SubElement(SubElement(components, "str:MeasureList"), "str:Measure", id="OBS_VALUE", usage="optional")
    _add_uncoded(measure, "OBS_VALUE", "Long")


def _text_type(column: Column) -> str:
    return _TEXT_TYPES.get(column.kind, "String")


def _add_coded(parent: Element, name: str) -> None:
    _add_concept_identity(parent, name)
    representation = SubElement(parent, "str:LocalRepresentation")
    SubElement(representation, "str:Enumeration").text = f"{_URN}.codelist.Codelist={AGENCY}:CL_{name}({VERSION})"


def _add_uncoded(parent: Element, name: str, text_type: str) -> None:
    _add_concept_identity(parent, name)
    SubElement(SubElement(parent, "str:LocalRepresentation"), "str:TextFormat", textType=text_type)


def _add_concept_identity(parent: Element, name: str) -> None:
    concept = f"{_URN}.conceptscheme.Concept={AGENCY}:{_CONCEPTS}({VERSION}).{name}"
    SubElement(parent, "str:ConceptIdentity").text = concept


def _add_relationship(attribute: Element) -> None:
    SubElement(SubElement(attribute, "str:AttributeRelationship"), "str:Observation")
    SubElement(SubElement(attribute, "str:MeasureRelationship"), "str:Measure").text = "OBS_VALUE"


def _add_names(parent: Element, label: Label, description: str = "") -> None:
    SubElement(parent, "com:Name", {"xml:lang": "en"}).text = label.english
    SubElement(parent, "com:Name", {"xml:lang": "nb"}).text = label.norwegian
    if description:
        SubElement(parent, "com:Description", {"xml:lang": "en"}).text = description
