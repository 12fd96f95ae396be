"""Undertakings: how many a sentence holds, which words each has, and what holds of every one."""

import re
from collections.abc import Iterable
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_research import Document, explain, find_commitments
from sco_research.coding.commitments.attributes import dates_of, money_of, reference_spans
from sco_research.coding.commitments.lexicon import load_lexicon
from sco_research.coding.commitments.names import instrument_spans, organ_spans, written
from sco_research.coding.commitments.out_of_sample import out_of_sample
from sco_research.coding.commitments.tagging import tag
from sco_research.organizations import Issuer, load_profile

LEXICON = load_lexicon()
# Invented sentences, each with the number of its undertakings by the protocol, section 7.
COUNTED = [
    (2, "A plan will be drafted and a report published."),
    (3, "Clinics will be built, nurses trained, and wells dug."),
    (2, "The dykes will be raised and the wells deepened by spring."),
    (1, "A fund will be set up and managed by the members."),
    (1, "The register will be kept by the Secretariat and a panel chaired by Zenda."),
    (3, "We will train nurses, open clinics, and publish a list."),
    (3, "We will protect wells, secure ports and mark reefs."),
    (4, "We will map caves, clear roads, secure ports, and mark reefs."),
    (1, "We will promote safe roads, open markets and fair trade."),
    (1, "We will support schools, clean water and safe roads."),
    (2, "It is vital that the corridor be kept open and that the convoys be let through."),
    (1, "It is essential that the dykes be raised and repaired."),
    (2, "We consider it essential that data be shared, and that the lists be merged."),
    (2, "We stress that waste must be halved and that the wells must be cleaned."),
    (1, "We will promote safe and secure infrastructure."),
    (1, "We will build open, secure infrastructure for the ports and towns."),
    (1, "The Parties will provide clean, smooth and level roads."),
    (2, "We will foster resilient, secure supply chains and double output."),
    (1, "We commit to engagement with and promotion of the museums."),
    (1, "We commit to the protection of and respect for the wells."),
    (1, "We will engage with and promote small firms."),
    (1, "We will report on, and learn from, the work of the clinics."),
    (1, "We will provide access to and training in new tools."),
    (1, "The quota will be tripled, simplified and published."),
    (2, "The quotas will be tripled and then published, and the levies will be cut."),
    (3, "We will cut levies, mark reefs, and publish, before we next meet, a plan for the wells."),
    (1, "We will triple, simplify, and publish, before we next meet, the list of the wells."),
    (3, "We will map the caves, mark the reefs and open, when the winter is over, a new port."),
    (2, "We agree to raise funds and to open, before the next harvest, a clinic."),
    (2, "We will train nurses and, by the time we meet again, open clinics."),
    (3, "We commit to raising funds, training nurses, and opening, after the harvest, a clinic."),
    (2, "We will deepen trade and transport, within our means, and clean the wells."),
    (1, "We will advance our work on ports, including: opening a pier; and training pilots."),
    (1, "We have to open a school."),
    (2, "The members have to draft a plan and train nurses."),
    (1, "We will ensure the port opens in May."),
    (0, "The Parties intend to"),
    (0, "We are ready to –"),
    (2, "We commit to training nurses and to continue mapping the reefs."),
    (2, "They are committed to digging wells and to lower the levies."),
    (1, "We commit to training nurses and to the health of the towns."),
    (2, "We recall our pledge to raise the dam, and to slowly and steadily widen the canal."),
    (2, "We agree to open schools and to jointly and openly share seeds."),
    (1, "We will work closely and openly with the towns."),
    (2, "We will go on mapping reefs and using tools, including nets, to find, mark, and warn."),
    (2, "We will go on mapping reefs and using nets, including new ones, to find wrecks, mark"
        " rocks, and warn ships."),
    (2, "We will work to ensure that the raids will fail and stand ready to send aid."),
    (1, "We stress the need to widen the canal and remain committed to digging wells."),
    (1, "We will open the schools that the plan refers to."),
    (1, "We will widen cooperation in theatre, fine arts and radio broadcasting, and in sport."),
    (1, "We will support dance troupes, press services and television and video art."),
    (1, "We stress the need to widen the road and in this regard, welcome the Zenda Plan."),
    (1, "We stress the need to widen the road, and therefore, note the Zenda Plan."),
    (2, "We stress the need to widen the road, and, in this regard, to repair the bridges."),
    (2, "We will apply the Plan to Prevent Floods, with a view to safety, and drain the fens."),
    (2, "We will apply the Code to Protect Rivers and the Code to Clean Lakes and drain the fens."),
    (1, "We will seek means to protect the rivers and clean the lakes."),
    (1, "We reaffirm a commitment to the goal of the draining of bogs and the felling of woods."),
    (1, "We are committed to the task of the draining of fens and the clearing of woods."),
    (2, "We are committed to the draining of fens and the clearing of woods."),
    (1, "We will fund towns that host refugees, and give them tools, and build shelters."),
    (2, "We will fund towns, and build shelters that last."),
    (1, "We will widen the canal to ensure ships pass in winter."),
    (1, "We will use all tools, individually and collectively to reach our goal."),
    (1, "We will move toward market prices and exchange rate flexibility."),
    (1, "We will promote fair taxes, tax treaties and transfer pricing rules."),
    (2, "We will open ports to serve the islands and refrain from raising tolls."),
    (1, "We will help poor towns and small island states."),
    (2, "The Parties will map the glaciers and measure the snow."),
    (3, "We will map glaciers, measure snow and publish atlases."),
    (4, "We will map glaciers, measure snow, publish atlases, and train guides."),
    (2, "We will map the glaciers, and will measure the snow."),
    (1, "We will map and measure the glaciers."),
    (1, "We will map, measure and describe the glaciers."),
    (1, "We will jointly map and, where possible, measure the glaciers."),
    (2, "We intend to open schools and train teachers."),
    (2, "We intend to open schools and to train teachers."),
    (2, "We intend to open schools, and to train teachers."),
    (3, "We intend to open schools, to train teachers, and to print books."),
    (3, "We intend to open schools, train teachers, and print books."),
    (2, "The Parties undertake to open schools in border towns, and to train teachers for them."),
    (1, "We will open schools to train teachers."),
    (1, "We will open schools to train teachers and print books."),
    (1, "We will open schools in order to train teachers and print books."),
    (1, "We will open schools so as to train teachers and to print books."),
    (1, "We will open schools by training teachers and printing books."),
    (1, "We will open schools, including by training teachers and printing books."),
    (2, "We will open schools by training teachers, and print books."),
    (2, "We will open schools that serve the poor, and train teachers."),
    (1, "We will open schools that serve the poor and train teachers."),
    (2, "We commit to opening schools and training teachers."),
    (2, "We are committed to opening schools and to training teachers."),
    (3, "We are committed to opening schools, printing books, and training teachers."),
    (2, "We reaffirm our commitment to opening schools and printing books."),
    (2, "We reaffirm our commitment to open schools and print books."),
    (1, "We will continue opening schools."),
    (2, "We will continue opening schools and printing books."),
    (2, "We will continue to open schools and print books."),
    (1, "We will keep working to open schools."),
    (2, "We will work together to open schools and to print books."),
    (2, "We will work together to open schools and print books."),
    (1, "We will work together in good faith."),
    (1, "We will cooperate closely with Ruritania and Sylvania on fisheries and forests."),
    (2, "We will cooperate with Ruritania to open schools and print books."),
    (2, "We will join forces to open schools and print books."),
    (1, "We will make efforts to open schools and print books."),
    (1, "We will step up our efforts to open schools and print books."),
    (2, "We will step up our efforts to open schools, and print books."),
    (1, "We will take all necessary steps to open schools and print books."),
    (1, "We will support the opening of schools and the printing of books."),
    (1, "We will encourage opening schools and printing books."),
    (2, "We are committed to the opening of schools and the printing of books."),
    (1, "We are committed to the opening and the running of schools."),
    (1, "We are committed to stronger and fairer trade."),
    (1, "We will improve trade, culture and health."),
    (1, "We will promote cooperation in trade, culture and health."),
    (1, "We will implement the Strelsau Convention, the Zenda Plan and the Ferry Pact."),
    (1, "We will combat desertification and drought."),
    (1, "We will strive to ensure safe crossings."),
    (1, "We will seek to continue widening the canal."),
    (2, "The ministers are instructed to draft a plan and to open an office."),
    (1, "The ministers are instructed to draft a plan and submit it to the Council."),
    (2, "We instruct the Secretariat to draft a plan and to open an office."),
    (2, "We instruct the Secretariat to draft a plan and open an office."),
    (2, "We entrust the Secretariat with drafting a plan and opening an office."),
    (2, "We task the Secretariat with the drafting of a plan and the opening of an office."),
    (1, "We task the Secretariat to continue its work."),
    (2, "The Secretariat shall draft a plan and open an office."),
    (1, "The Secretariat shall draft a plan and submit it to the Council."),
    (1, "The Parties will draft a plan and they will publish it."),
    (1, "A joint school will be opened in Zenda."),
    (1, "A joint school will be opened in Zenda and will be equipped with boats."),
    (2, "A joint school will be opened in Zenda, and a ferry line will be launched."),
    (1, "We will not allow our ports to be used for smuggling."),
    (2, "We will not allow smuggling and will not tolerate piracy."),
    (2, "We will neither build dams nor divert rivers."),
    (1, "We will build roads, and we encourage yachting."),
    (1, "We will build roads and welcome the offer of Sylvania."),
    (1, "We will build roads and look forward to the next meeting."),
    (1, "We note the report and will build roads."),
    (2, "We pledge to build roads and will open ports."),
    (2, "We pledge to build roads, and we will open ports."),
    (1, "We will ensure that roads are built and that ports are opened."),
    (2, "We will ensure that roads are built, and open ports."),
    (1, "We will provide farmers with seeds and tools."),
    (2, "We will provide farmers with seeds and buy their grain."),
    (2, "We agree to share flood data and to hold joint exercises."),
    (2, "We decide to share flood data, and hold joint exercises."),
    (1, "We express our readiness to share flood data."),
    (2, "We express our readiness to share flood data and to lend boats."),
    (2, "We are ready to share flood data and lend boats."),
    (2, "We are determined to share flood data, and to lend boats."),
    (1, "We will promote research and development."),
    (1, "We will promote research and trade links."),
    (1, "We will facilitate trade and transport between the islands."),
    (1, "We will facilitate trade, transport and travel."),
    (1, "We will develop capacity building and training programmes."),
    (1, "We will address supply chain, market access and finance issues."),
    (1, "We will promote open, secure and free navigation."),
    (2, "We will protect the lakes and restore wetlands."),
    (2, "We will protect the lakes as well as restore wetlands."),
    (2, "We will protect the lakes, as well as restore wetlands."),
    (1, "We will protect the lakes as well as the wetlands."),
    (2, "We will both protect the lakes and restore wetlands."),
    (2, "We will not only protect the lakes but also restore wetlands."),
    (1, "We will protect the lakes, which feed the towns and cool the air."),
    (1, "We will protect the lakes, feeding the towns and cooling the air."),
    (1, "We will protect the lakes, taking into account towns and respecting farmers."),
    (2, "We will protect the lakes and, in this regard, grow trees."),
    (2, "We will protect the lakes and, by 2030, grow trees."),
    (2, "We will protect the lakes and in this context establish a fund."),
    (2, "We will protect the lakes, and to this end establish a fund."),
    (1, "We will help farmers grow trees."),
    (1, "We will help farmers to grow trees and dig wells."),
    (2, "We will help farmers and grow trees."),
    (1, "We will enable farmers to grow trees and dig wells."),
    (1, "We call on our ministers to meet in spring."),
    (2, "We ask our ministers to meet in spring and to report to us."),
    (2, "We will meet every year and review the plan."),
    (1, "We will meet and discuss the plan."),
    (2, "We aim to halve waiting times and double traffic."),
    (2, "We aim to double traffic by 2030 and to reach the islands by 2035."),
    (1, "We resolve to act."),
    (1, "We will exchange information and experience."),
    (2, "We will exchange information and share experience."),
    (2, "We will exchange information, and conduct joint studies."),
    (2, "We will draw on the lessons of the flood and build on the work of the Council."),
    (2, "We will invest in ferries and focus on safety."),
    (1, "We will invest in and expand the ferry fleet."),
    (2, "We will respond to floods and contribute to the fund."),
    (1, "We commit to implement the plan as a pathway to make towns safer and greener."),
    (2, "We plan to widen the canal and, together with Sylvania, to deepen the port."),
    (1, "We commit to pursuing a common policy towards fair and open markets."),
    (2, "We commit to ending illegal fishing and protecting reefs."),
    (3, "We will widen the canal; deepen the port; and train pilots."),
    (3, "We agree: to widen the canal; to deepen the port; and to train pilots."),
    (2, "The Organization intends to widen the programme and to admit observers."),
    (1, "The Organization intends to widen the programme for farmers and fishers."),
    (1, "We seek to raise yields by building strong ports and open roads."),
    (2, "We seek to raise yields by building strong ports and open roads and to train nurses."),
    (2, "We seek to raise yields by training young nurses and secure the harvest."),
    (2, "We will build strong ports and open roads to the north."),
    (3, "We commit to the clearance of mines, the training of nurses and the repair of dykes."),
    (1, "We will work on the clearance of mines, the training of nurses and the repair of dykes."),
    (1, "We will deepen our contacts with and promote visits by the nurses."),
    (2, "We will deepen our contacts with the towns and promote visits by the nurses."),
    # "(a)" before an item is layout.
    (3, "We direct the Council to: (a) open an office; (b) appoint a head; and (c) report yearly."),
    (3, "We will (i) open an office, (ii) appoint a head, and (iii) train nurses."),
    (2, "We will: (a) open an office; and (b) appoint a head."),
    (3, "We commit to (1) opening an office, (2) appointing a head and (3) training nurses."),
    (2, "We agree: (a) to open an office; (b) to appoint a head."),
    (2, "The Parties agree to (a) open an office and (b) appoint a head."),
    (2, "We task the Council with (a) opening an office and (b) training nurses."),
    (1, "We intend to open (a) an office and (b) a shop."),
    # A verb that is whole without an object is an action too, and shows what the list is of.
    (3, "We will build ferries, open harbours and meet."),
    (3, "We intend to chart the reefs, lower the tolls and cooperate."),
    (2, "We will chart the reefs and consult, as the pilots asked."),
    (1, "We will communicate and cooperate."),
    (1, "We will help the pilots meet and cooperate."),
    (1, "We will found a club to hold races and cooperate."),
    # An adjective that is rarely a verb answers to the one before it.
    (1, "We will publish clear charts and separate timetables."),
    (1, "We commit to printing sound charts and level tables."),
    (2, "We will print charts and separate the lanes."),
    (2, "We will mend strong piers and open harbours to the north."),
    # "Them" has nobody within the clause before that it may mean, but "the villages" there.
    (2, "We will study the storms that shape the coast and provide them with names."),
    (1, "We will open clinics that serve the villages and provide them with drugs."),
]  # fmt: skip


def found(text: str, *, organization: str = "") -> pd.DataFrame:
    document = Document.from_text(text, id="t", language="en", organization=organization)
    return find_commitments(document)


@pytest.mark.parametrize(("count", "text"), COUNTED)
def test_each_action_with_an_object_of_its_own_counts(count: int, text: str) -> None:
    rows = found(text)
    assert len(rows) == count, rows["target"].tolist()


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "The members will not allow smuggling, will found a school and favour wider trade.",
            ["allow smuggling", "found a school"],
        ),
        (
            "We oppose no trade, and will oppose the use of drones for spying on towns.",
            ["oppose the use of drones for spying on towns"],
        ),
        (
            "We are committed to the further improvement of the canal and renewal of its locks, "
            "including by divers.",
            ["the further improvement of the canal", "renewal of its locks, including by divers"],
        ),
        (
            "They entrust the Council to arrange drafting a strategy and submit it to the summit.",
            ["arrange drafting a strategy and submit it to the summit"],
        ),
        (
            "A joint fund will be founded in Zenda by 2030 to help towns.",
            ["A joint fund will be founded in Zenda by 2030 to help towns"],
        ),
        (
            "We support the adoption of the resolution \u201cJoint work of the two seas.\u201d",
            ["the adoption of the resolution \u201cJoint work of the two seas.\u201d"],
        ),
        (
            "We will empower actors within and beyond the lake to remove barriers.",
            ["empower actors within and beyond the lake to remove barriers"],
        ),
        (
            "We will take steps to prevent, manage, and address the impacts of fires.",
            ["take steps to prevent, manage, and address the impacts of fires"],
        ),
        (
            "We will strengthen our efforts to better prevent, detect, and end such raids.",
            ["strengthen our efforts to better prevent, detect, and end such raids"],
        ),
        (
            "We reaffirm our commitment to cooperate as we, once again, address grave dangers.",
            ["cooperate as we, once again, address grave dangers"],
        ),
        (
            "We will fight those who sail the strait and against the networks Borduria has built.",
            ["fight those who sail the strait and against the networks Borduria has built"],
        ),
        (
            "We will study how trade rules and port charges are harming the towns.",
            ["study how trade rules and port charges are harming the towns"],
        ),
        (
            "We will promote efforts, where necessary and according to our laws, to plant trees.",
            ["promote efforts, where necessary and according to our laws, to plant trees"],
        ),
        (
            "We will open schools while updating and widening the list, and we will train nurses.",
            ["open schools while updating and widening the list", "train nurses"],
        ),
        (
            "We shall adopt policies which increase trade, and we shall train nurses.",
            ["adopt policies which increase trade", "train nurses"],
        ),
        (
            "We will obey the pact, including not to place mines at sea, or lay traps.",
            ["obey the pact, including not to place mines at sea, or lay traps"],
        ),
        (
            "We support further efforts to promote and reinforce joint research.",
            ["further efforts to promote and reinforce joint research"],
        ),
        (
            "We will monitor and, where necessary, tackle the dangers.",
            ["monitor and, where necessary, tackle the dangers"],
        ),
        (
            "Work on the register, begun last year, will proceed.",
            ["Work on the register, begun last year, will proceed"],
        ),
        (
            "Our goal remains unchanged, to open a school.",
            ["open a school"],
        ),
        (
            "We will:\n\n– Noting the floods, raise dykes.\n\n– By 2030, train nurses.",
            ["raise dykes", "train nurses"],
        ),
        (
            "The work on the joint register will continue.",
            ["The work on the joint register will continue"],
        ),
    ],
)
def test_a_target_is_the_whole_action_as_written(text: str, targets: list[str]) -> None:
    assert found(text)["target"].tolist() == targets


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        ("We will deepen cooperation in trade, culture and public health.",
         ["trade", "culture", "public health"]),
        ("We will open schools, clinics and libraries in order to serve towns and villages.",
         ["schools", "clinics", "libraries"]),
        ("We will apply the Convention on Rivers, Lakes and Seas, the Forest Strategy until 2040 "
         "and the Agreement between the Parties on rescue.",
         ["the Convention on Rivers, Lakes and Seas", "the Forest Strategy until 2040",
          "the Agreement between the Parties on rescue"]),
        ("We will promote fair and open trade.", ["fair and open trade"]),
        ("We will develop information and communication tools.",
         ["information and communication tools"]),
        ("We will work together on the basis of the Charter.", []),
        ("We will draft a plan and submit it to the Council.", ["a plan"]),
        ("We support raising standards and training nurses.",
         ["raising standards", "training nurses"]),
    ],
)  # fmt: skip
def test_what_one_action_lists_stands_beside_it(text: str, objects: list[str]) -> None:
    rows = found(text)
    assert rows["objects"].tolist() == [objects]


def test_items_hold_what_is_undertaken_and_the_lead_in_nothing() -> None:
    text = (
        "The Parties will:\n\n– train medics and open clinics;\n\n– share vaccines, which save "
        "lives and cut costs.\n\nWe commit to:\n\n– opening archives;\n\n– printing books."
    )
    rows = found(text)
    assert rows["target"].tolist() == [
        "train medics",
        "open clinics",
        "share vaccines, which save lives and cut costs",
        "opening archives",
        "printing books",
    ]
    assert set(rows["actor"]) == {"The Parties", "We"}
    said = explain(Document.from_text(text, id="t", language="en"), "t:p2.s1")
    assert 'Undertaking 2 of 2: "open clinics".' in said


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Our aim is to halve the tolls and train pilots.", ["halve the tolls", "train pilots"]),
        ("It is our firm intention to print yearly maps.", ["print yearly maps"]),
        ("It remains our goal to print maps and open locks.", ["print maps", "open locks"]),
        ("It is our aim that every child can swim.", ["every child can swim"]),
        ("We will all chart the reefs.", ["chart the reefs"]),
        ("We ask that our ministers chart the reefs.", ["our ministers chart the reefs"]),
        (
            "We charge our ministers with charting the reefs and reporting back by spring.",
            ["charting the reefs", "reporting back by spring"],
        ),
    ],
)
def test_what_is_undertaken_begins_with_what_is_done(text: str, targets: list[str]) -> None:
    assert found(text)["target"].tolist() == targets


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("We task our lake ministers with drafting a plan.", "lake ministers"),
        ("We entrust the Secretariat with the drafting of a plan.", "Secretariat"),
        ("We call on members with large debts to pay them.", "members with large debts"),
    ],
)
def test_who_is_told_is_named_without_his_task(text: str, addressee: str) -> None:
    assert found(text)["addressee"].tolist() == [addressee]


def test_items_name_what_their_lead_in_names() -> None:
    rows = found("By 2040, we will:\n\n– dredge ports;\n\n– train pilots.")
    assert rows["dates"].tolist() == [["2040"], ["2040"]]
    text = (
        "We call on the Secretariat, by spring, to:\n\n– dredge ports;\n\n– train pilots by 2031."
    )
    rows = found(text)
    assert rows["organs"].tolist() == [["Secretariat"]] * 2
    assert rows["dates"].tolist() == [["by spring"], ["by spring", "2031"]]


@pytest.mark.parametrize(
    ("lead", "verb"),
    [
        ("We call on the Secretariat to help towns to:", "call … to help towns to"),
        ("We call on the Secretariat to:", "call"),
        ("We will help towns to:", "will help towns to"),
        ("We intend to help towns to:", "intend to help towns to"),
        ("We will work with the towns to:", "dredge"),
        ("We will: –", "will dredge"),
        ("We reaffirm our commitment to:", "reaffirm our commitment"),
    ],
)
def test_items_that_others_do_say_by_which_words(lead: str, verb: str) -> None:
    rows = found(f"{lead}\n\n– dredge ports.")
    assert rows[["verb", "target"]].values.tolist() == [[verb, "dredge ports"]]


def test_a_strict_sentence_holds_its_strict_actions_only() -> None:
    rows = found("We favour wider exchange of seeds among the members and will found a bank.")
    assert rows[["target", "strict"]].values.tolist() == [["found a bank", True]]
    rows = found("We favour wider exchange of seeds among the members.")
    assert rows[["target", "strict"]].values.tolist() == [
        ["wider exchange of seeds among the members", False]
    ]


@pytest.mark.parametrize(
    ("text", "actor", "role"),
    [
        ("They will meet floods together.", "They", "members"),
        ("A joint centre will be founded.", "", "implied"),
        ("The floods require joint action by the member states.", "the member states", "members"),
        ("The Secretariat shall draft a plan.", "The Secretariat", "organ"),
    ],
)
def test_who_undertakes_and_in_which_role_stand_apart(text: str, actor: str, role: str) -> None:
    assert found(text)[["actor", "actor_role"]].values.tolist() == [[actor, role]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Shanghai Convention on Countering Floods, Storms and Droughts, SCO Rescue Convention",
         ["Shanghai Convention on Countering Floods, Storms and Droughts",
          "SCO Rescue Convention"]),
        ("the Program of SCO member states' cooperation in combating floods, storms and droughts "
         "for 2013-2015, and the Forest Strategy until 2040",
         ["Program of SCO member states' cooperation in combating floods, storms and droughts for "
          "2013-2015", "Forest Strategy until 2040"]),
        ("the Agreement between the governments of the member states on cooperation in rescue and "
         "help the towns",
         ["Agreement between the governments of the member states on cooperation in rescue"]),
        ("the SCO Development Fund (Special Account) and banks",
         ["SCO Development Fund (Special Account)"]),
        ("the Action Plan for the Implementation of the Program of Trade among the SCO Member "
         "States",
         ["Action Plan for the Implementation of the Program of Trade among the SCO Member States",
          "Program of Trade among the SCO Member States"]),
        ("the Convention to Combat Desertification and the Plan (Zenda, 5 May 2013)",
         ["Convention to Combat Desertification"]),
        ("the Convention on Rivers, train pilots and open ports", ["Convention on Rivers"]),
        ("the 2030 Agenda for Sustainable Development and the Paris Agreement",
         ["2030 Agenda for Sustainable Development", "Paris Agreement"]),
        ("the Charter Committee and a plan of action", []),
        ("the Master Plan on Connectivity (MPC) 2025 (2021-2025)",
         ["Master Plan on Connectivity (MPC) 2025 (2021-2025)"]),
    ],
)  # fmt: skip
def test_instruments_are_named_whole(text: str, names: list[str]) -> None:
    sentence = tag(f"We apply {text}.", LEXICON)
    assert written(sentence, instrument_spans(sentence), sentence.spans()) == names


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 18-19 August 2022", ["18-19 August 2022"]),
        ("from 1 to 3 May 2024", ["1 to 3 May 2024"]),
        ("on September 13, 2013", ["September 13, 2013"]),
        ("in May and June 2024", ["May and June 2024"]),
        ("for 2013-2015 and by 2030", ["2013-2015", "2030"]),
        ("by the end of 2025", ["the end of 2025"]),
        ("in the first half of the 2030s", ["the first half of the 2030s"]),
        ("over the next five years", ["over the next five years"]),
        ("in Resolution 2231", []),
    ],
)
def test_dates_and_periods_are_whole(text: str, dates: list[str]) -> None:
    assert dates_of(f"We meet {text}.", LEXICON) == dates


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("US$100 billion a year", ["US$100 billion"]),
        ("two million euros and $3.5bn", ["two million euros", "$3.5bn"]),
        ("USD 40 million", ["USD 40 million"]),
        ("40 ships", []),
    ],
)
def test_sums_are_whole(text: str, sums: list[str]) -> None:
    assert money_of(f"We pledge {text}.", LEXICON) == sums


def test_organs_meetings_and_organizations_are_named_whole() -> None:
    text = (
        "At the Third Strelsau Summit and our previous meeting we asked the Council of Ministers "
        "of Foreign Affairs of the SCO member states, the SCO Development Bank and the SCO CHS to "
        "report to the UN Climate Change Conference (COP99)."
    )
    sentence = tag(text, LEXICON.for_issuer(Issuer((load_profile("sco"),))))
    assert written(sentence, organ_spans(sentence), sentence.spans()) == [
        "Council of Ministers of Foreign Affairs of the SCO member states",
        "SCO Development Bank",
        "SCO CHS",
    ]
    assert written(sentence, reference_spans(sentence), sentence.spans()) == [
        "Third Strelsau Summit",
        "previous meeting",
        "UN Climate Change Conference (COP99)",
    ]


def test_what_is_taken_up_is_named_where_it_stands() -> None:
    text = "They noted the Forest Plan until 2040 and instructed the Council to continue this work."
    assert found(text)["instruments"].tolist() == [["Forest Plan until 2040"]]
    text = "Recalling the Forest Strategy until 2040, they will open a school in 2031."
    assert found(text)[["instruments", "dates"]].values.tolist() == [[[], ["2040", "2031"]]]


# ---------------------------------------------------------------- laws

_WILLS = ["We will", "The Parties agree to", "They reaffirm their readiness to", "We intend to",
          "The member states shall", "We instruct the Secretariat to"]  # fmt: skip
_DEEDS = ["open schools", "train the nurses", "share seeds and data",
          "protect lakes, rivers and seas",
          "draft a plan and submit it to the Council", "combat smuggling that harms towns",
          "widen trade, which feeds the islands", "publish maps (in two languages)",
          "deepen cooperation in health, sport and the arts"]  # fmt: skip
_TAILS = ["", " by 2030", " in order to help farmers", ", including by hiring divers",
          " on the basis of the Charter", ", taking into account the needs of towns"]  # fmt: skip
_JOINS = [", ", " and ", ", and ", " as well as ", ", and to "]
SENTENCES = st.builds(
    lambda will, deeds, joins, tail: will + " " + "".join(
        deed + join for deed, join in zip(deeds, [*joins[: len(deeds) - 1], ""], strict=True)
    ) + tail + ".",
    st.sampled_from(_WILLS),
    st.lists(st.sampled_from(_DEEDS), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(_JOINS), min_size=3, max_size=3),
    st.sampled_from(_TAILS),
)  # fmt: skip
_FRAGMENT = re.compile(r"(?i)(?:it|them|this|these|which|who|that|of|and|or|to|the|not|so|up)\W*")

_LONE_END = re.compile(r"\s(?:with|of|from|into|among|between|against|for|as|we|they|how|while)$")


def laws(document: Document, rows: pd.DataFrame) -> Iterable[str]:
    """Yield what of the laws of undertakings does not hold."""
    for row in rows.to_dict("records"):
        target = row["target"]
        if document.text[row["start"] : row["end"]] != target:
            yield f"no slice of the source: {target!r}"
        if target not in row["text"]:
            yield f"outside its sentence: {target!r}"
        if _FRAGMENT.fullmatch(target) or re.match(r"(?i)(?:which|who|whose)\b", target):
            yield f"a fragment: {target!r}"
        if re.match(r"(?i)that\b", target) or _LONE_END.search(target):
            yield f"cut before what belongs to it: {target!r}"
        if target.strip(" ,;:–-") != target.strip() or re.search(r"(?:^|\s)(?:and|or|to)$", target):
            yield f"a loose end: {target!r}"
    for _, part in rows.groupby("segment_id", sort=False):
        ends = list(zip(part["start"], part["end"], strict=True))
        if any(after[0] < before[1] for before, after in pairwise(ends)):
            yield f"spans cross: {part['target'].tolist()}"
        numbers = [str(name).rpartition(".u")[2] for name in part["undertaking_id"]]
        if numbers != [str(number) for number in range(1, len(part) + 1)]:
            yield f"numbers: {numbers}"
        if part["strict"].nunique() != 1:
            yield "strict and broad actions in one sentence"


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("We are committed to.", []),
        ("We stand ready to", []),
        ("We will continue to", []),
        ("We reaffirm our commitment to,", []),
        ("We support and encourage the opening of schools.", ["the opening of schools"]),
        ("We will ensure stable prices, with the banks committed to low rates.",
         ["ensure stable prices, with the banks committed to low rates"]),
        ("We will do so.", ["do so"]),
    ],
)  # fmt: skip
def test_what_names_no_action_is_no_undertaking(text: str, targets: list[str]) -> None:
    rows = find_commitments(Document.from_text(text, id="t", language="en"))
    assert rows["target"].tolist() == targets


@settings(max_examples=150, deadline=None)
@given(SENTENCES)
def test_the_laws_hold_of_any_coordination(text: str) -> None:
    document = Document.from_text(text, id="t", language="en")
    rows = find_commitments(document)
    assert not list(laws(document, rows))
    assert len(rows) >= 1


def test_the_laws_hold_of_the_sentences_out_of_sample() -> None:
    for text in out_of_sample()["text"].drop_duplicates()[::3]:
        document = Document.from_text(text, id="t", language="en")
        assert not list(laws(document, find_commitments(document))), text


def test_the_laws_hold_of_the_declaration(declaration: Document) -> None:
    rows = find_commitments(declaration)
    assert not list(laws(declaration, rows))
    strict = rows.loc[rows["strict"], "segment_id"].str.partition(":")[2].value_counts().to_dict()
    once = [
        "p2.s1",
        "p8.s1",
        "p10.s1",
        "p12.s1",
        "p13.s1",
        "p25.s1",
        "p26.s2",
        "p27.s1",
        "p28.s1",
        "p30.s1",
        "p31.s1",
    ]
    assert strict == {**dict.fromkeys(once, 1), "p13.s2": 3}


def test_no_cut_turns_the_sense_round(declaration: Document) -> None:
    targets = find_commitments(declaration).set_index("undertaking_id")["target"]
    by_place = {str(name).partition(":")[2]: str(text) for name, text in targets.items()}
    assert by_place["p13.s2.u1"].endswith(
        "for undermining political, economic and social security of the member states"
    )
    assert by_place["p2.s1.u1"].startswith("work together on the basis of the principles")


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("We commit to training nurses and to continue the talks.", ["high", "low"]),
        ("We will open schools and continue to share seeds.", ["high", "low"]),
        ("We will open schools and seek to lower the levies.", ["high", "low"]),
        ("We will open schools and go on with the talks.", ["high", "low"]),
        ("We will open schools and go to sea.", ["high", "high"]),
        ("We will continue to share seeds and to open schools.", ["low", "low"]),
        ("We intend to open schools and to continue the talks.", ["low", "low"]),
    ],
)
def test_what_only_goes_on_is_low_beside_what_is_high(text: str, levels: list[str]) -> None:
    found = find_commitments(Document.from_text(text, id="n", language="en"))
    assert found["binding"].tolist() == levels
