"""Kinds of sentences that first runs on unseen texts showed: each by invented siblings.

A line is a sentence with its act and reading by the protocol: "strict", "broad" or "out". " / "
parts paragraphs, and the last of them is the one that is coded.
"""

import pytest

from sco_research import Document, code_speech_acts

_KINDS = {
    "a parenthesis between commas leaves the subject its verb": """
We note that the forum, held every year, will promote trade. | assertive out
They note that the fund, set up in Zenda, will pay for dams. | assertive out
We expect that Ruritania, in accordance with the treaty, will fulfil its duties. | assertive out
The members believe the fair, to be held in Strelsau, will show the new looms. | assertive out
We believe that the canal, once finished, will shorten the road. | assertive out
They stress that the register, as before, will list all ships. | assertive out
The Parties hope the talks, resumed in spring, will bear fruit. | expressive out
We recognize that the harvest, by all accounts, will be poor. | assertive out
We affirm that we, in this spirit, will open the archives. | commissive strict
The member states, in this regard, will open the archives. | commissive strict
The Parties, guided by the charter, will plant trees. | commissive strict
We note that the levies, including those on salt, hinder trade. | assertive out
""",
    "a clause within an insertion leaves those who open the sentence their verb": """
The Parties, noting that dykes cannot move, believe it vital to raise them. | assertive broad
The members, noting that acts of theft and fraud cannot last, will end them. | commissive strict
The Parties, aware that the wells run dry, urge the donors to pay. | directive out
The Parties, noting that acts of kindness and of trust are rare, thank the hosts. | expressive out
The forum, noting that dykes cannot be moved, will meet. | assertive out
They stress the need to widen the canal and in this regard, welcome the loan. | expressive broad
They stress the need to widen the canal and, in this spirit, thank the hosts. | expressive broad
They stress the need to widen the canal and, in this vein, urge the bakers to pay. | directive broad
They stress the need to cut costs and, in this way, to save the ports. | assertive broad
""",
    "a fronted clause leaves the main clause its verb": """
Guided by the principles that unite them, the member states will act together. | commissive strict
In view of the dangers that floods pose, the Parties will build dams. | commissive strict
Aware that the lakes are shrinking, we will plant trees. | commissive strict
Noting that the harvest was poor, the members agree to share seeds. | commissive strict
Convinced that trade helps all, we intend to lower the levies. | commissive strict
Mindful of the losses which the drought has caused, we will lend support. | commissive strict
Since the road is long, the Parties will open a second depot. | commissive strict
Recalling what was agreed, the member states will keep the register. | commissive strict
While the talks go on, we will open no new mines. | commissive strict
Concerned that the wells run dry, we urge the donors to pay. | directive out
Given that the dams are old, we stress their value. | assertive out
""",
    "the month May is no modal": """
The talks (Zenda, 5 May 2013), held in the open, were useful. | assertive out
The members, who met in May 2022, will continue to train nurses. | commissive strict
The Parties note the fair of 9 December 2018 and 11 May 2019. | assertive out
Since May the Parties have met twice. | assertive out
In May, the Parties will open a school. | commissive strict
We will publish the report by May 2031. | commissive strict
The register of 12 May is kept in Zenda. | assertive out
The donors may open a school. | assertive out
We may open a school. | assertive out
""",
    "they are those spoken of, and never we": """
Those members that build dams or use them thank the hosts. They will pay. | commissive out
Those members that build dams or use them thank us. We thank Zenda. They will pay. | commissive out
The donors thanked the hosts. We thank Zenda. They will pay. | assertive out
The members thank the hosts. We thank Zenda. They will pay. | commissive strict
We thank the hosts. They will pay. | commissive strict
""",
    "what only some of the members undertake": """
Some members reaffirmed their commitment to open a school. | commissive out
Some members are ready to open a school. | commissive out
Interested members stand ready to share seeds. | commissive out
Some members support the school. | expressive out
Those of us who signed the treaty reaffirm our commitment to apply it. | commissive out
Some of us will open a school. | commissive out
Most of us support the school. | expressive out
All of us will open a school. | commissive strict
The donors are ready to open a school. | assertive out
""",
    "a wish to see what others do": """
They expressed their strong desire to see the mines cleared by those states. | expressive out
We reaffirm our aspiration to see trade grow. | expressive out
They expressed their desire to open a school. | commissive strict
They expressed their desire to see to the repair of the dykes. | commissive strict
We reaffirm our determination to see the canal finished. | commissive strict
""",
    "where those are on whom one calls": """
We called on all parties in Sylvania to lay down arms. | directive out
They urged the factions in Zenda to talk. | directive out
We welcomed the truce in Borduria. | expressive out
We agreed in Strelsau to open a school. | assertive out
We agreed in 2011 to open a school. | assertive out
In Strelsau we called on the donors to pay. | assertive out
""",
    "what stands beside an object is none": """
We note the losses, recognizing the need to raise the dykes. | assertive out
We note the losses, and the resulting need to raise the dykes. | assertive broad
We note the losses, and the need to raise the dykes. | assertive broad
We stress the importance of better schools by putting people first. | assertive broad
We stress the importance of mending the dykes in respect of the old maps. | assertive broad
""",
    "a verb of a relative clause is nobody's undertaking": """
We oppose barriers that hamper farming and delay harvests. | expressive out
They condemn raids which threaten the wells and harm the herders. | expressive out
We note the plan that the donors will pay for. | assertive out
They welcome a fund that will support schools and train nurses. | expressive out
We thank the nurses who will open clinics. | expressive out
They regret levies that raise prices and slow trade. | expressive out
""",
    "letters and numbers before items are layout": """
We commit to (1) opening an office and (2) training nurses. | commissive strict
The Parties agree to (a) open an office and (b) train nurses. | commissive strict
We agree: (a) to open an office; (b) to train nurses. | commissive strict
We agree: (a) that the talks were useful; (b) that the plan helps. | assertive out
We call on the donors to (a) pay and (b) report. | directive out
We stress the need to (i) mend the dykes and (ii) train nurses. | assertive broad
We note Article 3 (b) of the Treaty. | assertive out
""",
    "all and each between a modal and its verb": """
We will all train nurses. | commissive strict
We will each submit a plan. | commissive strict
The Parties shall both open an office. | commissive strict
We should all train nurses. | assertive broad
We can all help. | assertive out
""",
    "it is, or remains, what the members will": """
It is our firm intention to open a school. | commissive strict
It remains our firm intention to open a school. | commissive strict
It remains our shared goal to open a school. | commissive strict
It stays our aim to open a school. | commissive strict
It remains important to open a school. | assertive broad
It remains the intention of the donors to open a school. | assertive out
It remains our school. | assertive out
""",
    "no thing of a relative clause undertakes": """
We stress that the mix should end tolls that slow trade and commit to do so. | commissive strict
We note the tolls that slow trade and agree to lower them. | commissive strict
We thank the states that help us and pledge to pay. | expressive out
""",
    "coordination after a purpose or a gerund": """
We will act so as to protect the lakes and restore the forests. | commissive strict
The Parties will meet the costs in order to open wells and turn mills. | commissive strict
We support efforts to meet these needs and keep promoting trade. | expressive broad
They note efforts to open schools and train nurses. | assertive out
We recognise the part of schools in helping the poor, value their work. | expressive out
We note a plan to enable trade, reduce levies, value thrift and open ports. | assertive out
""",
    "what is directed, hosted or stated": """
The plan is directed against floods. | assertive out
These measures are directed at smugglers. | assertive out
To strengthen trade, Ruritania hosted the forum. | assertive out
To widen exchange, the donors opened a school. | assertive out
The report states that trade grew. | assertive out
Public support for the mills is growing. | assertive out
""",
    "the past of this meeting is its present, of others it is a report": """
They agreed to open a joint seed bank. | commissive strict
The ministers' proposal pleased the Parties, who resolved to print it. | assertive out
The Parties pledged to build wells. | commissive strict
The member states noted their readiness to share seeds. | commissive strict
They instructed the Secretariat to draft a plan. | directive strict
The Parties underlined the need to open schools. | assertive broad
They were determined to save the lakes. | commissive strict
At the Strelsau summit they agreed to open a joint seed bank. | assertive out
In 2011 the Parties pledged to build wells. | assertive out
Last year the members resolved to plant trees. | assertive out
The Parties adopted a plan. | assertive out
The member states have opened a school. | assertive out
We recall that we agreed to open a school. | assertive out
""",
    "a named subset and its they are out": """
Some member states will open a school. | commissive out
The member states concerned intend to lower levies. | commissive out
Several members support the plan. | expressive out
All member states will open a school. | commissive strict
Each member state will open a school. | commissive strict
Each of us will open a school. | commissive strict
""",
    "joint work by kind, not by word form": """
The discussion of common rules will continue. | commissive strict
The preparation of the register will go on. | commissive strict
The search for common rules will continue. | commissive strict
The drafting of the treaty will continue. | commissive strict
Joint exercises will be continued. | commissive strict
Our exchanges will be intensified. | commissive strict
The drought will continue. | assertive out
The war will continue. | assertive out
The work of the donors will continue. | assertive out
""",
    "need and importance in all their orders": """
It is important, while saving water, to plant trees. | assertive broad
It is vital to draft common rules. | assertive broad
Especially important is the drafting of common rules. | assertive broad
The need to draft common rules is stressed. | assertive broad
The importance of drafting common rules is underlined. | assertive broad
The importance of the treaty is underlined. | assertive out
Further efforts are needed to save the lakes. | assertive broad
More efforts by the donors are needed to save the lakes. | assertive out
We note the spread of cholera and the resulting need to open clinics. | assertive broad
We look forward to deepening our exchange of seeds. | expressive broad
We look forward to the next fair. | expressive out
We look forward to meeting again in Zenda. | expressive out
We stress the importance of training farmers. | assertive broad
We stress the importance of access to wells. | assertive out
The forum remains a vital partner in our work. | assertive out
The highest standards are important to all. | assertive out
""",
    "running action is out, what will go on is in": """
We are working to open a school. | assertive out
We are redoubling our efforts to open schools. | assertive out
We continue to train nurses. | assertive out
We will continue to train nurses. | commissive strict
We continue to urge the donors to pay. | directive out
The members are taking steps to save the lakes. | assertive out
""",
    "who is encouraged, and to what": """
We encourage the donors to pay for the dams. | directive out
We encourage our ministers to speed up the talks. | directive broad
We encourage their ministries of health to open clinics. | directive broad
We encourage the drafting of common rules. | expressive broad
We call for the drafting of common rules. | directive broad
We encourage governments, banks and foundations to lend. | directive out
We call on all countries, especially members of the League, to pay. | directive out
""",
    "aims by any verb": """
We look to widen the exchange of seeds. | commissive strict
We are going to build a dam. | commissive strict
We are focused on reducing waiting times. | commissive strict
Our goal remains unchanged, to open a school in each valley. | commissive strict
We reaffirm our commitment to the goal of opening schools. | commissive strict
We reaffirm our commitment to the Lake Treaty. | commissive broad
We reaffirm our commitment to the spirit of friendship. | expressive out
""",
    "who begins anew after that": """
We recognize that the lakes are shrinking and we will plant trees. | commissive strict
They note that the wells are dry, and they will dig new ones. | commissive strict
We note that the donors are late and will pay in spring. | assertive out
We urge that the talks be resumed and will lend support. | commissive strict
""",
    "who is told in a passive, now or just before": """
Our transport ministers have been tasked with drawing up a plan. | directive strict
The Secretariat has been requested to submit a list by spring. | directive strict
The working group has been asked to extend its survey. | directive strict
The experts have been instructed to draft common rules. | directive strict
The Committee was requested to report on the dams. | directive strict
The Finance Track is to report back in spring. | directive strict
The senior officials have been mandated with reviewing the charter. | directive strict
Last year the Secretariat was requested to submit a list. | assertive out
The donors have been asked to pay. | assertive out
The plane has been directed to another runway. | assertive out
The experts have been thanked for their list. | assertive out
The Secretariat has been asked by the donors to submit a list. | assertive out
We thank our Secretariat and ask it to submit a list. | directive strict
We thank the donors and ask them to pay. | directive out
We invite the Organization, through its Council, to draft common rules. | directive strict
""",
    "the past of this meeting has a 'would' for its 'will'": """
It was agreed that the register would be kept in Zenda. | commissive strict
They agreed that they would open a school. | commissive strict
The Parties decided that the fund would be enlarged. | commissive strict
Leaders resolved that joint patrols would be stepped up. | commissive strict
They pledged that they would plant trees. | commissive strict
It was decided that a joint seed bank would be founded. | commissive strict
They noted that the fund would pay. | assertive out
It was noted that the harvest would be poor. | assertive out
They believed that the members would prosper. | assertive out
In 2009 they agreed that they would open a school. | assertive out
Ruritania announced that the harvest would be poor. | assertive out
They agreed that the talks were useful. | assertive out
They stressed that the donors should pay. | directive out
Leaders were of the view that creditors should show restraint. | directive out
They stressed that member states should share seeds. | assertive broad
""",
    "whom the members bind in their own place, and how": """
Leaders committed their governments to ratify the treaty by 2031. | commissive strict
We commit our governments to open the archives. | commissive strict
We pledge our countries to plant trees. | commissive strict
They committed their administrations to train nurses. | commissive strict
The adherents stand ready to share their records. | commissive strict
The members stand ready to lend support. | commissive strict
The Council reiterates the Union's readiness to train nurses. | commissive strict
In this spirit, the Council reaffirms the Union's willingness to send engineers. | commissive strict
We reaffirm the League's determination to plant trees. | commissive strict
They note Ruritania's readiness to open a school. | assertive out
The donors stand ready to pay. | assertive out
We are steadfast in our resolve to open a school. | commissive strict
""",
    "members who are called on, and what is needed of them": """
Member states are encouraged to share seeds. | directive broad
The Parties are urged to open the archives. | directive broad
Member States are invited to report on their dams. | directive broad
All member states are called upon to plant trees. | directive broad
Adhering countries are requested to train nurses. | directive broad
We are encouraged by the harvest. | expressive out
We are encouraged to see the schools grow. | expressive out
The donors are encouraged to pay. | directive out
It is essential that our customs authorities be well trained. | assertive broad
It is vital that the member states share seeds. | assertive broad
It is essential that the harvest be good. | assertive out
Monetary policies should protect the poor. | assertive broad
Policies of the donors should protect the poor. | assertive out
""",
    "what will be built by nobody else": """
The Valley Power Grid will be expanded in phases. | commissive strict
The Lake Data Portal will be upgraded by spring. | commissive strict
The Seed Registry will be completed next year. | commissive strict
A joint observatory will be built in Zenda. | commissive strict
The Northern Corridor will be widened. | commissive strict
The Flood Early Warning Scheme will be renewed. | commissive strict
The Valley Power Grid will be expanded by the World Bank. | assertive out
The Valley Power Grid was expanded in phases. | assertive out
The World Bank Facility will be replenished. | assertive out
The donors will be thanked. | assertive out
The Lake Data Portal will help farmers. | assertive out
The next fair will be held in Zenda. | assertive out
""",
    "stances by posture, concern, rejection and attachment": """
We stand with the people of Zenda. | expressive out
They stand alongside the farmers. | expressive out
Mindful of the floods, leaders stood in solidarity with Zenda. | expressive out
The members remain steadfast in their support for the farmers. | expressive out
We remain unwavering in our support for the treaty. | expressive out
They raised concerns about the drought. | expressive out
Some members raised concerns over the levies. | expressive out
They consider it inadmissible to tax seeds. | expressive out
The Parties regard such raids as unacceptable. | expressive out
They reiterated their aspiration for a lake free of oil. | expressive out
We declare our shared attachment to the rule of law. | expressive out
They consider the report. | assertive out
Ruritania and Sylvania announced that they would join the fund. | commissive out
""",
    "what is no task, no call and no support of the members' own action": """
Nothing in this declaration shall be construed as a waiver. | assertive out
We stress that nothing in this plan shall be read as changing the treaty. | assertive out
This plan shall be interpreted in the light of the treaty. | assertive out
Nothing in this text will bind the courts. | assertive out
We invite the governing bodies of the specialised agencies to align their plans. | directive out
They request the specialized agencies to send experts. | directive out
We request our ministries to send experts. | directive strict
We encourage the private sector, foundations and academia to lend. | directive out
We encourage employers and unions to train nurses. | directive out
We support the continued efforts of the Special Envoy of the Chair. | expressive out
They support the ongoing work of the Director. | expressive out
We support the further efforts of the members to save the lakes. | expressive broad
Our ministers shall draft a plan. | directive strict
""",
    "commitments to own policies are renewed": """
We reaffirm our exchange rate commitments. | commissive strict
We reaffirm our exchange rate commitments made in April 2021. | commissive strict
The Leaders reaffirmed their exchange rate commitments. | commissive strict
We reiterate our standstill commitment. | commissive strict
We reaffirm the water commitments made by our ministers. | commissive strict
We recall our commitments on debt relief. | commissive strict
We stand by our pledges on clean water. | commissive strict
They renewed their promises regarding the lakes. | commissive strict
We reaffirm our commitments under the Lake Treaty. | commissive broad
We reaffirm our existing commitments. | commissive broad
We recall the commitments made by the donors on water. | assertive out
We recall the pledge made by rich countries and their banks. | assertive out
We welcome the climate commitments of the donors. | expressive out
Recalling our exchange rate commitments, we note the report. | assertive out
""",
    "an organ of the members' own is the doer": """
The Council will revert to this matter in October. | commissive strict
The Secretariat will keep the list under review. | commissive strict
Our ministers will draft a plan. | commissive strict
The Task Force will continue to draw on the museums. | commissive strict
The Secretariat shall keep the list. | directive strict
Our ministers are to draft a plan. | directive strict
The Committee must draft a plan. | directive strict
The Council took note of the report. / It will revert to this matter. | assertive out
The Alliance took note of the report. / It will revert to this matter. | commissive strict
""",
    "outside boards and central banks are no organs": """
Central banks will keep prices stable. | commissive out
The central banks will calibrate their policies. | assertive out
Our central banks will keep prices stable. | commissive strict
Central banks remain committed to stable prices. | assertive out
The Financial Stability Board will submit a report. | commissive out
The Basel Committee will review its rules. | commissive out
The Bank for International Settlements will collect the data. | commissive out
We ask the Financial Stability Board to report. | directive out
Requests relevant financial institutions to support the plan. | directive out
Requests academic institutions to share their data. | directive out
We invite the relevant lending institutions to step up their aid. | directive out
We task our institutions to share their data. | directive strict
""",
    "insertions before what is to be done": """
We commit to, among other things: / – open a fund for dams; | commissive strict
We commit to, among other things: / – opening a fund for dams; | commissive strict
We commit, among other things, to open a fund for dams. | commissive strict
We commit to, inter alia: / – open a fund for dams; | commissive strict
We agree, among others, to: / – open a fund for dams; | commissive strict
We will, among other measures, open a fund for dams. | commissive strict
We resolve, in particular: / – to open a fund for dams; | commissive strict
We decide, first, to open a fund for dams. | commissive strict
The Parties intend, among other things, to train nurses. | commissive strict
""",
    "there is a need": """
There is a need to widen the road. | assertive broad
There is need to widen the road. | assertive broad
There is also a need to widen the road. | assertive broad
There is a pressing and growing need to widen the road. | assertive broad
There remains a need to widen the road. | assertive broad
There exists a need to widen the road. | assertive broad
There is a clear need for further work on the road. | assertive broad
There is merit in widening the road. | assertive broad
There is broad agreement on the need to widen the road. | assertive broad
There is no need to widen the road. | assertive out
There is a need for Sylvania to widen the road. | assertive out
There was a need to widen the road. | assertive out
There is a road to the lake. | assertive out
""",
    "what is looked forward to goes on, or comes to its end": """
We look forward to further cooperation with the museums. | expressive broad
We look forward to our continued work on lakes. | expressive broad
We look forward to deepening our ties. | expressive broad
We look forward to closer cooperation among our ports. | expressive broad
We look forward to opportunities to work with the museums. | expressive broad
We look forward to the early conclusion of the code. | expressive out
We look forward to the early entry into force of the treaty. | expressive out
We look forward to the forthcoming report. | expressive out
We look forward to the upcoming conference. | expressive out
We look forward to the timely completion of the talks. | expressive out
""",
    "need and importance, as noun, adjective and duty": """
It is of paramount importance to draft a joint plan. | assertive broad
The drafting of a joint plan is of great significance for the region. | assertive broad
We deem the drafting of a joint plan necessary. | assertive broad
We regard the drafting of a joint plan as essential. | assertive broad
We consider the drafting of joint rules to be an important and urgent task. | assertive broad
We are aware of the need to draft a joint plan. | assertive broad
We are united on the need to draft a joint plan. | assertive broad
We agree on the vital importance of drafting a joint plan. | assertive broad
It is our shared responsibility to protect the lakes. | assertive broad
It is incumbent upon us to draft a joint plan. | assertive broad
It is not necessary to draft a joint plan. | assertive out
The treaty is important. | assertive out
The treaty is of great importance. | assertive out
We consider the treaty to be vital. | assertive out
It is incumbent on the donors to pay. | assertive out
It is unacceptable to tax seeds. | expressive out
""",
    "orders, leave and reliance by what follows": """
We require our ministers to report. | directive strict
We require joint action to save the lakes. | assertive broad
The Secretariat is required to report. | directive strict
All members are required to pay. | directive broad
Our ministers are expected to submit a draft. | directive strict
The donors are expected to pay. | directive out
Trade is expected to grow. | assertive out
We want our ministers to draft a plan. | directive strict
We want to open a fund. | commissive strict
We want peace. | assertive out
We remind the donors of their duty. | assertive out
We permit no exceptions. | assertive out
We allow the Secretariat to hire staff. | directive strict
We reiterate our invitation to the donors to pay. | directive out
""",
    "advocacy, resistance and what is committed": """
They advocated for wider exchange of seeds among the members. | expressive broad
They spoke for wider exchange of seeds among the members. | expressive broad
We come out for drafting a joint plan. | expressive broad
We continue to plead for wider exchange of seeds among the members. | expressive broad
We resist protectionism. | expressive out
We will resist protectionism and support open trade. | commissive strict
We decry the raids. | expressive out
We await the report. | expressive out
We commit five million dollars to the fund. | commissive strict
We propose to open a fund. | commissive strict
We propose that the donors pay. | assertive out
We set out to open a fund. | commissive strict
""",
    "a polite form says what is below it": """
We wish to thank the hosts. | expressive out
We would like to thank the hosts. | expressive out
We wish to express our gratitude to the hosts. | expressive out
We would like to invite the donors to pay. | directive out
We would like to invite our ministers to submit a draft. | directive strict
We wish to stress the need to open a joint seed bank. | assertive broad
We wish to open a school. | commissive strict
We want to support the farmers. | commissive strict
We would like to open a school. | assertive out
""",
    "the verb stands before its subject": """
Under no circumstances will we recognise the annexation. | commissive strict
Never again will we allow such raids. | commissive strict
Nor will we pay the levy. | commissive strict
Only by working together will we end the drought. | commissive strict
In no event shall we pay the levy. | commissive strict
Only then will the lake be clean. | assertive out
""",
    "meetings and bodies that speak, and who is told by them": """
The Conference requests the Secretariat to submit a report. | directive strict
The General Conference requests the Director-General to report. | directive strict
The Conference urged all parties to comply. | directive out
We take note of the report of the Committee and request it to go on. | directive strict
We note the report of the World Bank and request it to go on. | directive out
We decide that the Lake Panel shall list all ships. | commissive strict
We urge Member States to ratify the Lake Convention. | directive broad
We urge the parties to the Lake Convention to act. | directive out
We appeal to the international community for aid. | directive out
Approves the programme of work of the Committee. | expressive broad
They approved the report. | assertive out
Note with concern the need to open clinics in all our towns. | assertive broad
""",
    "priorities, and what was agreed here with its items": """
It is important that we keep trade open, and we shall work to reform the pact. | commissive strict
It is vital that the lakes are clean, and the members will plant trees. | commissive strict
It is vital that the donors pay and that they will be thanked. | assertive out
It was agreed that the island would be provided with further help. | commissive strict
We note that the donors will be thanked. | assertive out
Our top priority is to open a joint seed bank. | assertive broad
The priority of the donors is to pay. | assertive out
Participants agreed on the following actions: / – set up a task force on ports; | commissive strict
Last year, participants agreed on the following: / – set up a task force on ports; | assertive out
We refuse to pay the levy. | expressive out
We will refuse to pay the levy. | commissive strict
We are hopeful that the talks will resume. | expressive out
""",
    "a preamble's participle has the act of its own verb": """
Welcoming the outcome of the forum, | expressive out
Strongly condemning all raids on the wells, | expressive out
Also deploring the loss of lives; | expressive out
Expressing its gratitude to the host, | expressive out
Noting with concern the slow pace of repairs, | expressive out
Recalling its resolution 12/3, | assertive out
Noting that trade grew, | assertive out
Bearing in mind that the talks will resume, | assertive out
Calling upon all states to ratify the treaty, | directive out
Reaffirming the commitment of the member states to open the archives, | commissive out
Welcoming the forum, we will open the archives. | commissive strict
Growing trade is welcome; | assertive out
""",
    "a state that opens a sentence is a party": """
Iran must never obtain such arms. | directive out
Brazil should lower its levies. | directive out
Mongolia must stop the raids and release the crew. | directive out
Trade must grow. | assertive out
Peace should prevail. | assertive out
""",
    "an adjective before its noun opens no deed": """
Small firms make up half of all businesses. | assertive out
New technologies create jobs in the towns. | assertive out
Other countries face floods in spring. | assertive out
Strong institutions build trust in the courts. | assertive out
Better data help the farmers of the valley. | assertive out
Open markets to the farmers of the valley. | commissive broad
Secure supply chains for medicines. | commissive broad
Narrow the gap between the towns. | commissive broad
""",
    "the meeting speaks, and is no form of a verb": """
The Meeting agreed to open a school. | commissive strict
The Meeting reaffirmed its commitment to opening a school. | commissive strict
This Meeting welcomed the plan. | expressive out
The Meeting called on all parties to show restraint. | directive out
The Meeting noted the report. | assertive out
The meeting with the donors was held in Zenda. | assertive out
The Parties, meeting in Zenda, agreed to open a school. | commissive strict
Meeting in Zenda, we agreed to open a school. | commissive strict
""",
    "items in the past are what the leaders of the lead-in did": """
In noting the report, Leaders: / – agreed to open a fund; | commissive strict
Leaders: / – directed the Secretariat to draft a plan; | directive strict
The Leaders: / – welcomed the offer of the host; | expressive out
Forum Leaders: / – noted the update; | assertive out
We, the Leaders: / – commit to open a school; | commissive strict
We, the Leaders: / – welcome the offer of the host; | expressive out
""",
    "a lead-in begins with a fronted phrase": """
With the above in mind, we will: / – open a school in each town; | commissive strict
With this in mind, we will: / 1. open a school; / 2. train nurses. | commissive strict
With this in mind, we will: / * Open a school. / * Train nurses. | commissive strict
With this in mind, we will: / Open a school. / Train nurses in towns. | commissive strict
In view of these floods, we commit to: / – raise the dykes along the river; | commissive strict
Against this background, the Parties intend to: / – share data on the lakes; | commissive strict
To support the farmers and protect the lakes, we will: / – open a school; | commissive strict
Welcoming this, and noting what is left, we will: / – open a school; | commissive strict
As a first step, and subject to funds, we plan to: / – dig wells in all towns; | commissive strict
As we prepare for the winter, we will: / – store grain in the towns; | commissive strict
Bearing this in mind, we call on our ministers to: / – draft a plan for wells; | directive strict
In light of the above, we emphasize the need to: / – dig wells in all towns; | assertive broad
Given the drought, we support: / – the digging of joint wells; | expressive broad
Given what is at stake, we should: / – mark the reefs near the ports; | assertive broad
Given the drought, we call upon the donors to: / – pay for the wells; | directive out
With the above in mind, the donors will: / – pay for the schools; | assertive out
""",
    "a thing is the subject of a relative clause": """
We welcome the results of the work, which will provide a basis for new maps. | expressive out
We note the findings of the survey, which will inform the debate. | assertive out
They thank the experts for the results of their work, which will help the lakes. | expressive out
We note the outcome of our talks, which will guide the reform of the port. | assertive out
We commend the members of the panel, whose report will shape the debate. | expressive out
They welcome the report of the ministers, which shall serve as a guide. | expressive out
The results of the work of the members, which will be published in May, are sound. | assertive out
We note the work of the member states, which will lead to new rules. | assertive out
We thank the donors for the aid they will send. | expressive out
We note the progress we have achieved and the plans we will draft. | assertive out
We recall the pledges we made in Zenda and will keep them. | commissive strict
In this context we will open a school. | commissive strict
At our next meeting we will open a school. | commissive strict
""",
    "nobody is named who must do it": """
Emissions must be cut. | assertive broad
The review of the plan should be completed by the next summit. | assertive broad
The levies on seeds should be lowered. | assertive broad
The dykes need to be raised. | assertive broad
The wells have to be cleaned before the winter. | assertive broad
More needs to be done for the farmers. | assertive broad
Much more must be done to protect the lakes. | assertive broad
We stress that waste must be halved. | assertive broad
It is essential that the dykes be raised before winter. | assertive broad
It is vital that trade be kept open. | assertive broad
It is necessary that the wells are cleaned. | assertive broad
We consider it essential that the dykes be raised. | assertive broad
The raids must be stopped by the donors. | assertive out
The donors stress that waste must be halved. | assertive out
It is essential that the donors pay. | assertive out
It is necessary that the register be kept by the World Bank. | assertive out
It is important that the lakes are clean. | assertive out
The register should not be opened. | assertive out
Those who planned the raid must be brought to justice. | assertive out
Elections must be conducted freely. | assertive out
The sovereignty of all states must be respected. | assertive out
The talks should be based on the charter. | assertive out
The treaty needs to be seen in this light. | assertive out
The need to be open is clear. | assertive out
They stress that the process should be locally-led and donor-funded. | assertive out
The talks must be well-prepared. | assertive out
It is essential that the settlement be state-owned. | assertive out
The posts on the river should be re-opened. | assertive broad
The importance of raising the dykes was underlined. | assertive out
The need to raise the dykes is underlined. | assertive broad
""",
    "what one organization calls its members are others to the rest": """
Much greater efforts are needed for countries to save the lakes. | assertive out
Much greater efforts are needed for economies to save the lakes. | assertive out
Much greater efforts are needed for member states to save the lakes. | assertive broad
""",
    "need is pointed to, and importance is attached": """
We point to the need to raise the dykes. | assertive broad
They pointed to the need for joint work on the wells. | assertive broad
They pointed to the importance of opening a joint school. | assertive broad
We point to our readiness to draft a joint plan. | commissive strict
We point to the need for the donors to pay. | assertive out
We point to the treaty. | assertive out
We recall the importance we attach to opening a joint school. | assertive broad
We stress the importance which we attach to the drafting of a joint plan. | assertive broad
We confirm the importance that we attach to closer cooperation of the ports. | assertive broad
We note the importance the donors attach to the treaty. | assertive out
We stress the importance, within our means, of: / – opening a joint school; | assertive broad
We recognise the importance, within our means, of training nurses. | assertive broad
We highlight the importance, in line with our laws, of: / – lowering the levies; | assertive broad
We underline the need, in this context, to: / – train nurses in all towns; | assertive broad
We express our support, within our means, for the drafting of a joint plan. | expressive broad
We stress the importance, as ever, of the treaty. | assertive out
""",
    "a later adjective says what is to be done, and states that go on": """
We remain united and committed to opening the port. | commissive strict
We are concerned by the drought and determined to dig wells. | commissive strict
We stand united and ready to open the port. | commissive strict
We are proud and willing to open the port. | commissive strict
We are alarmed and saddened by the raids. | expressive out
We are firm and united. | assertive out
We continue to be committed to opening the port. | commissive strict
We continue to be ready to open the port. | commissive strict
We continue to be concerned about the drought. | expressive out
We stay committed to training nurses. | commissive strict
We remain deeply concerned about the drought. | expressive out
Prices stay stable. | assertive out
""",
    "a noun that is a verb too, before and": """
We agree to respect and protect the lakes. | commissive strict
The Parties agree to respect and adhere to the rules of the lake. | commissive strict
We decide to trade and to share the seeds. | commissive strict
We commit to support and expand the network. | commissive strict
We commit to respect and friendship. | assertive out
Secure infrastructure remains vital. | assertive out
""",
    "an adjective in -ing is no deed": """
We look to the coming years. | assertive out
We commit to the existing rules. | assertive out
We are committed to the remaining goals of the founders. | expressive out
We commit to contributing funds to the wells. | commissive strict
We commit to the early strengthening of trade. | commissive strict
""",
    "this as a subject, and what a plan includes": """
This requires joint efforts of the member states. | assertive broad
These require joint action of the member states. | assertive broad
We note the drought, and this requires joint action of the member states. | assertive broad
This requires joint efforts of the donors. | assertive out
This need is clear. | assertive out
This includes digging wells in all our towns. | assertive broad
These plans include opening schools for girls. | assertive broad
Our reforms include: / – training nurses; | assertive broad
Our National Water Plans include steps to open schools. | assertive broad
The Northern Lake Plans will be drafted by the members. | commissive strict
This work requires joint efforts of the member states. | assertive broad
The treaty includes rules on trade. | assertive out
Our Partners include Ruritania and Sylvania. | assertive out
The plans of the donors include opening schools. | assertive out
""",
    "central banks are the members' where they say so": """
Our central bank will raise rates. | commissive strict
National central banks will raise rates. | commissive strict
The European Central Bank will raise rates. | commissive out
The Central Bank of Sylvania will raise rates. | commissive out
""",
    "an item of several sentences leaves its list open": """
To this end, we will: / – Train nurses. Schools matter. / – Take steps to help. | commissive strict
We will: / – Train nurses. The wells are old. / – Unlock funds for the ports. | commissive strict
We will: / – Train nurses. Build new bridges over the lakes. | commissive strict
We commit to: / (a) opening schools. We thank the hosts. / (b) training nurses. | commissive strict
We agree as follows: / – Open schools. They are few. / – Train nurses. | commissive strict
We should: / – Train nurses. The wells are old. / – Unlock funds for the ports. | assertive broad
We will: / – Train nurses. The wells are old. / The road was long. | assertive out
We will: / – Train nurses. / The road was long. / – Unlock funds for the ports. | commissive broad
""",
    "an item has a clause or an adjunct before its verb": """
We will: / – Noting the floods, raise the dykes. | commissive strict
We will: / – In line with the charter, map caves. | commissive strict
We should: / – By 2030, train nurses. | assertive broad
""",
    "a conduct that is kept up": """
We will stay agile and flexible in our budgets. | commissive strict
The members will remain attentive to prices. | commissive strict
We shall stay responsive to the needs of the poor. | commissive strict
We will stay calm. | assertive out
We will remain poor. | assertive out
""",
    "a second modal takes up the one after which": """
We ask the donors for lists, which will be checked, and will show the gaps. | directive out
We thank the experts for the survey, which will be printed and will show the gaps. | expressive out
We note the plan, which shall enter into force, and shall provide a basis. | assertive out
We welcome the report, which will be printed, and will continue to train nurses. | commissive strict
We welcome the report, which was printed, and will train nurses. | commissive strict
We will adopt the plan, which will open ports, and will train nurses. | commissive strict
""",
    "commitments are renewed with an adjunct before what they are to": """
We reaffirm our commitments, in line with the treaty, to open schools. | commissive strict
We renew our pledge, under the charter, to train nurses. | commissive strict
They reiterated their commitment, through the joint fund, to dig wells. | commissive strict
We reaffirm our commitments, under the charter, to the parties to the treaty. | commissive broad
We reaffirm our commitments, in line with the treaty. | commissive broad
""",
    "who stands ready is the speaker, and not what an infinitive or a clause tells": """
We stress the need to widen the canal and remain committed to digging wells. | commissive strict
We note the need to mend the dam and stand ready to help. | commissive strict
We underline the importance of ships and remain determined to build ports. | commissive strict
We will work to ensure that the raids will fail and stand ready to send aid. | commissive strict
They expect that tolls will fall and remain willing to pay for the bridge. | commissive strict
We stress the need to remain united and to dig wells. | assertive broad
We note that the ports remain ready to open. | assertive out
They believe that the wells will run dry and remain closed. | assertive out
""",
    "some who are named before are we": """
For those members that have ports, we will open docks. | commissive out
For those of us with ports, we will open docks. | commissive out
For those member states that signed the treaty, we will submit plans. | commissive out
For those in need, we will open clinics. | commissive strict
For those harmed by floods, we will build houses. | commissive strict
For the members, we will open docks. | commissive strict
For many years, we will share seeds. | commissive strict
""",
    "a will of others, or that a thing should be, is none of the speakers'": """
We reaffirm the commitment of developed countries to raise funds. | assertive out
We reaffirm the pledge of our partners to lower the levies. | assertive out
We reaffirm the commitment of the members to open schools. | commissive strict
We reiterate our determination that it must never be built. | assertive out
We reiterate our determination that the funds will be spent on wells. | commissive strict
""",
    "supply is an action": """
We are committed to a sustained supply of seeds. | commissive strict
We are committed to the supply register. | expressive out
""",
}  # fmt: skip
_LINES = [
    pytest.param(*line.split(" | "), id=f"{kind}: {line[:40]}")
    for kind, lines in _KINDS.items()
    for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("text", "answer"), _LINES)
def test_a_sibling_of_a_kind_of_fault(text: str, answer: str) -> None:
    document = Document.from_text(text.replace(" / ", "\n\n"), id="t", language="en")
    row = code_speech_acts(document).iloc[-1]
    reading = "strict" if row["strict"] else "broad" if row["broad"] else "out"
    assert f"{row['speech_act']} {reading}" == answer
