"""Sentences of eight registers, coded by the protocol before the program read them.

A line is a text with its act, its reading ("strict", "broad" or "out") and, of strict sentences,
the binding level; " / " parts paragraphs, and the last sentence of a text is the one that is coded.
"""

import pytest

from sco_research import CommitmentOptions, Document, code_speech_acts

_REGISTERS = {
    "g7": """
We will spearhead a coalition for resilient grids. | commissive strict high
We will scale up finance for clean cooking. | commissive strict high
We are stepping up our aid to Ruritania. | assertive out
We commit to phasing out leaded paint by 2030. | commissive strict high
We will refrain from any new export duties on grain. | commissive strict high
We stand ready to take further measures against smugglers. | commissive strict low
We look forward to working with the Zenda presidency on health. | expressive broad
We task our Finance Ministers to report back by spring. | directive strict high
We mandate our Sherpas to follow up on these decisions. | directive strict high
We look to the Strelsau Bank to speed up its lending. | directive out
We count on the donors to honour their pledges. | directive out
Our aim is to halve the time that goods wait at borders. | commissive strict low
It is our goal that every child can read by 2030. | commissive strict low
We see merit in exploring a joint register of vessels. | assertive broad
We welcome the launch of the Zenda Initiative and will fund its start. | commissive strict high
Recognising the gravity of the floods, we will mobilise fresh finance. | commissive strict high
We reiterate our call on Borduria to release the crew. | directive out
We are united in our resolve to defeat piracy. | commissive strict low
Without prejudice to existing duties, we will open our markets to them. | commissive strict high
We remain steadfast in our commitment to ending the trade in ivory. | commissive strict low
We will keep working to bring down the price of medicines. | commissive strict low
We are resolved to leave no valley behind. | commissive strict low
We will not waver in our support for the fishing towns. | commissive strict high
We condemn in the strongest terms the raids on the wells. | expressive out
We urge all parties to refrain from further raids. | directive out
We reaffirm our unwavering resolve to uphold the Lake Treaty. | commissive strict low
The fund will help farmers adapt. | assertive out
We underline the need to roll out faster tests in all our ports. | assertive broad
We pledge to champion the rights of herders. | commissive strict high
We will each submit a plan by the next summit. | commissive strict high
We will: / – roll out the pilot; | commissive strict high
We will leave no stone unturned in bringing the smugglers to justice. | commissive strict high
We will not hesitate to impose further levies on those who arm the raiders. | commissive strict high
We intend to further curb the inflow of tainted grain. | commissive strict low
We will explore options to pool the purchase of vaccines. | commissive strict high
We are working together to end the siege of Zenda. | assertive out
To this end, we have decided to set up a joint desk on wheat. | commissive strict high
We remain committed to phasing out unabated coal. | commissive strict low
We also recommit to ending the use of child soldiers. | commissive strict low
We will, as appropriate and within our mandates, tighten controls on arms. | commissive strict high
Building on the work of earlier years, we will deepen our talks on lending. | commissive strict high
We express our concern about the fighting around Zenda and call for a halt to it. | directive out
We underscore our unwavering support for the people of Ruritania. | expressive out
We will stand with Ruritania for as long as it takes. | commissive strict high
We appreciate the efforts of the Strelsau Club in this field. | expressive out
We attach great importance to lifting the yield of small farms. | assertive broad
We concur on the need to shore up public trust in vaccines. | assertive broad
We further commit to: / – halving losses of food; and | commissive strict high
We will do so by: / – pooling our data; | commissive strict high
It is imperative that we restore calm to the strait. | assertive broad
We insist that any deal must respect the rights of herders. | assertive out
We have tasked relevant ministers with drawing up a plan. | directive strict high
We reject any attempt to alter the borders by force. | expressive out
""",
    "g20": """
We will step up our efforts to implement the Strelsau Roadmap. | commissive strict high
We resolve to reinvigorate the talks on seed rights. | commissive strict high
We commit ourselves to operationalising the flood fund by next year. | commissive strict high
We call on our Ministers of Agriculture to roll out the pilot. | directive strict high
We ask the working group to report on progress at our next meeting. | directive strict high
We support the scaling up of early-warning systems. | expressive broad
We recognise the need to mobilise private capital. | assertive broad
We note the progress made by the task force. | assertive out
We reiterate our commitment to refrain from competitive devaluation. | commissive strict low
We look forward to the report of the working group. | expressive out
We look forward to advancing this work under the Ruritanian presidency. | expressive broad
We will redouble our efforts to close the gap in schooling. | commissive strict high
We endorse the G20 Action Plan on Lakes. | expressive broad
Work on the common register should be advanced. | assertive broad
We reaffirm the importance of safe seas and will work together to that end. | commissive strict high
We encourage multilateral lenders to step up their lending. | directive out
We stand by our promise to phase out harmful subsidies. | commissive strict low
We are stepping up our work on dams. | assertive out
We agree that open trade underpins growth. | assertive out
We will continue to champion fair fishing. | commissive strict low
We have agreed to phase in the new levy over three years. | commissive strict high
We take note of the Zenda report and ask our deputies to follow it up. | directive strict high
We remain ready to deploy all available tools. | commissive strict low
We will foster decent work, underpin growth and safeguard jobs. | commissive strict high
We aim at raising the share of girls in school to one half. | commissive strict low
We are committed to fostering trust in digital trade. | commissive strict low
Strong institutions underpin growth. | assertive out
We express our appreciation to Ruritania for its leadership. | expressive out
The Task Force will map the gaps. | commissive strict high
We recognise the need to: / – mobilise private capital; | assertive broad
We commit to: / – refraining from new levies on seed; | commissive strict high
We are determined to: / – safeguard our forests; | commissive strict low
We urge the donors to: / – step up their aid; | directive out
We task our Ministers to: / – reinvigorate the talks on seeds; | directive strict high
We will remain vigilant and are prepared to take further action as needed. | commissive strict low
We pledge our full support to the fund and will top up its means. | commissive strict high
We reaffirm our commitment to fully implement the pact and to report on it. | commissive strict low
We support continued work on debt swaps. | expressive broad
We look forward to further work by the Strelsau Board on stablecoins. | expressive broad
We welcome the progress made and call on our sherpas to take it forward. | directive strict high
We recognise that inclusive growth calls for bold reforms. | assertive out
We will endeavour to narrow the gap in pay between women and men. | commissive strict low
We acknowledge the importance of keeping supply chains open. | assertive broad
We commend Ruritania on its successful term and look forward to meeting in Zenda. | expressive out
We agree on the importance of sound budgets. | assertive out
We agree to work towards a new round of talks on seed. | commissive strict high
We are deeply committed to lifting the poorest out of want. | commissive strict low
All of us will table our own plans by spring. | commissive strict high
Our deputies will take this work forward. | commissive strict high
More needs to be done to close the gap. | assertive broad
We have asked our ministers to bring forward proposals. | directive strict high
We encourage members to share their lessons. | directive broad
""",
    "un": """
Decides to remain seized of the matter. | commissive strict
Requests the Secretary-General to report to it at its next session. | directive strict high
Calls upon Member States to phase out lead in petrol. | directive broad
Urges the parties to the dispute to refrain from the use of force. | directive out
Reiterates its call on Borduria to withdraw. | directive out
Stresses the need to scale up the delivery of aid. | assertive broad
Invites the World Health Organization to assist Ruritania. | directive out
Commends the efforts of the mediator. | expressive out
Recognising the role of herders in the peace of the region, | assertive out
Decides that the panel shall meet each spring. | commissive strict high
Reaffirms its determination to uphold the rights of the child. | commissive strict low
Encourages Member States to foster exchange among their universities. | directive broad
Deplores the burning of crops. | expressive out
Expresses its readiness to consider further measures. | commissive strict low
Emphasizes that peace underpins development. | assertive out
Looks forward to the convening of the conference. | expressive out
Decides to convene a high-level meeting in Zenda. | commissive strict high
Requests the Committee to keep the list under review. | directive strict
Welcomes the holding of free elections in Ruritania. | expressive out
Also requests all United Nations bodies to cooperate with the envoy. | directive strict high
Pledges to safeguard the sites of the old towns. | commissive strict high
Decides to establish a trust fund for the drylands. | commissive strict high
Expresses its grave concern at the plight of the herders. | expressive out
Resolves to intensify its efforts to end the trade in tusks. | commissive strict high
We, the Heads of State, pledge to spare no effort to end want. | commissive strict high
We commit to strengthening health systems in all our countries. | commissive strict high
We recognise the need to strengthen health systems and stress the role of nurses. | assertive broad
Urges Member States to consider ratifying the Lake Convention. | directive broad
Requests the Secretary-General, in consultation with it, to report. | directive strict high
Takes note with appreciation of the report of the Secretary-General. | expressive out
Invites donors and other stakeholders to contribute to the trust fund. | directive out
Encourages the private sector to invest in the drylands. | directive out
Calls for the full and speedy implementation of the Lake Convention. | directive broad
Decides to include in its agenda the item entitled "Drylands". | commissive strict high
Having considered the report of the Secretary-General, | assertive out
Alarmed by the spread of sand, | expressive out
Strongly condemns all attacks on wells. | expressive out
""",
    "oecd": """
We, the Ministers, commit to operationalise the new rules on audit. | commissive strict high
We mandate the Economic Committee to develop guidance on procurement. | directive strict high
We invite the Secretary-General to submit a work plan. | directive strict high
We welcome the Recommendation on Lakes and will promote its use. | commissive strict high
Members should uphold high standards of audit. | assertive broad
We underscore the value of pooling data on floods. | assertive broad
We aspire to build economies that leave nobody behind. | commissive strict low
We look to the Secretary-General to deepen the analysis of water prices. | directive strict high
We intend to champion open data. | commissive strict low
We are convinced that sound statistics underpin good policy. | assertive out
We reaffirm our shared resolve to fight bribery. | commissive strict low
It is our intention to review the guidelines within five years. | commissive strict low
We will strive to narrow the gap in pay. | commissive strict low
We stand united in our determination to keep markets open. | commissive strict low
We note that the Committee will review the guidelines. | assertive out
The Committee is asked to step up its work on bribery. | directive strict high
We will work with the OECD to draw up common yardsticks. | commissive strict high
We invite the OECD to build a tool kit for mayors. | directive strict high
We declare our commitment to promote lifelong learning. | commissive strict low
We acknowledge that skills gaps hold back growth. | assertive out
We call on all countries to adhere to the Declaration. | directive out
We encourage the Secretariat to share its findings. | directive broad
We hereby resolve to place teachers at the heart of reform. | commissive strict high
""",
    "eu": """
The European Council calls on the Commission to table a proposal soon. | directive strict high
The European Council will remain seized of the matter. | commissive strict
The European Council invites the Council to take work forward. | directive strict high
The Union stands ready to step up its aid to Ruritania. | commissive strict low
The European Union will continue to mobilise all its tools. | commissive strict low
The European Council tasks the High Representative with preparing options. | directive strict high
The European Council reiterates its call on Borduria to halt the attacks. | directive out
The European Council welcomes the agreement on lakes. | expressive out
The European Council underlines the need to safeguard supply chains. | assertive broad
The European Council looks forward to stepping up cooperation with Ruritania. | expressive broad
Work on the single market should be advanced. | assertive broad
The European Council takes note of the report. | assertive out
The European Council is determined to uphold the rule of law. | commissive strict low
The Member States and the Union will phase out the imports of tar. | commissive strict high
The European Council urges Ruritania to step up reforms. | directive out
The Commission is invited to report by June. | directive strict high
The European Council agreed to reinvigorate ties with Sylvania. | commissive strict high
The European Council agrees to step up support for the border regions. | commissive strict high
The European Council stresses the importance of swift work on the grid. | assertive broad
The Union will keep up its pressure on Borduria. | commissive strict low
The European Council calls for work to be taken forward on the savings union. | directive broad
The European Council reaffirms the Union's commitment to stand by Ruritania. | commissive strict low
The European Council held a debate on migration. | assertive out
The European Council will revert to this matter at its October meeting. | commissive strict high
The European Council strongly condemns the coup in Borduria. | expressive out
The European Council expects the Commission to present its plan by June. | directive strict high
""",
    "asean": """
We, the Leaders, hereby agree to foster closer ties among our ports. | commissive strict high
We resolved to operationalise the Lake Centre at the earliest. | commissive strict high
We tasked our Economic Ministers to conclude the talks. | directive strict high
We looked forward to deepening cooperation with Ruritania. | expressive broad
We reaffirmed our commitment to upholding the Zenda Treaty. | commissive strict low
We welcomed the launch of the Rice Fund. | expressive out
We encouraged our ministries to roll out the joint curriculum. | directive broad
We underscored the importance of safeguarding fish stocks. | assertive broad
We saw merit in extending the scheme to more ports. | assertive broad
We called on all parties to exercise restraint. | directive out
We expressed our resolve to step up the fight against fires. | commissive strict low
We noted the progress of the talks. | assertive out
Those members that border the lake will set up a patrol. | commissive out
Those members that border the lake will set up a patrol. They will report. | commissive out
The ministers will roll out the scheme. | commissive strict high
We agreed to intensify our efforts to curb haze. | commissive strict high
We expressed our deep appreciation to Ruritania for hosting the summit. | expressive out
We reiterated the need to maintain calm at sea. | assertive broad
We looked forward to the early conclusion of the talks. | expressive out
We noted with satisfaction the progress of the Rice Fund. | expressive out
We will explore the setting up of a regional seed bank. | commissive strict high
DO HEREBY DECLARE: / – to step up the fight against haze; | commissive strict
We directed the senior officials to follow up on the plan. | directive strict high
We shared the view that trade should stay open. | assertive out
""",
    "african-union": """
We undertake to scale up the planting of trees along the desert. | commissive strict high
WE COMMIT to mobilise domestic funds for health. | commissive strict high
DECIDES to champion the cause of small farmers. | commissive strict high
REQUESTS the Commission to operationalise the fund. | directive strict high
CALLS UPON Member States to safeguard the rights of refugees. | directive broad
We renew our pledge to silence the guns by 2040. | commissive strict low
We rededicate ourselves to upholding the unity of the continent. | commissive strict high
We appeal to partners to step up their aid. | directive out
We reiterate our call for faster work on the single market of the members. | directive broad
We express concern at the slow pace of aid. | expressive out
We are determined to phase out gas flaring. | commissive strict low
We reaffirm our resolve to bequeath to our children a land free of want. | commissive strict low
We hereby commit ourselves to allot a tenth of our budgets to farming. | commissive strict high
DIRECTS the Commission to report to the next session. | directive strict high
ENDORSES the recommendations of the Committee. | expressive broad
COMMENDS Ruritania for its efforts. | expressive out
URGES Member States to sign, ratify and domesticate the Lake Charter. | directive broad
EXPRESSES its gratitude to the host. | expressive out
We recognise the role of women in trade. | assertive out
""",
    "sco": """
The Member States will foster ties among young scientists. | commissive strict high
The Parties are united in their resolve to uphold the Charter. | commissive strict low
The Heads of State instruct the Council of Coordinators to draft a roadmap. | directive strict high
The Member States stand for the inadmissibility of interference in their affairs. | expressive out
The Member States advocate stepping up cooperation in the field of seeds. | expressive broad
The Member States consider it expedient to reinvigorate the contact group. | assertive broad
The Parties proceed from the premise that peace underpins growth. | assertive out
Cooperation in customs will be stepped up. | commissive strict high
Measures will be taken to safeguard the lakes. | commissive strict high
Every effort will be made to uphold the truce. | commissive strict high
It was agreed to phase out the old permits. | commissive out
Several Member States will open a corridor. | commissive out
The Member States reaffirm their intention to step up the fight on drugs. | commissive strict low
The Member States intend to build up joint efforts against cybercrime. | commissive strict low
The Member States confirm their readiness to carry on exchanges in medicine. | commissive strict low
The Member States deem it necessary to step up contacts of their customs. | assertive broad
The Member States speak in favour of further deepening of transport ties. | expressive broad
The Member States welcome the outcome of the forum. | expressive out
The Heads of State note that the drills will raise the skills of rescuers. | assertive out
The Member States consider it important to abide by the Treaty. | assertive broad
The Member States will consistently act in favour of a nuclear-free zone. | commissive strict high
Proceeding from the Charter, the Member States pursue a policy of peace. | assertive out
Practical steps will be taken to ease the movement of goods. | commissive strict high
The Member States oppose the placing of weapons in space. | expressive out
The Member States attach special importance to the joint training of rescuers. | assertive broad
Joint drills will be held on a regular basis. | assertive out
The Member States urge the parties to the conflict to resume talks. | directive out
""",
}  # fmt: skip
_LINES = [
    pytest.param(organization, *line.split(" | "), id=f"{organization}: {line[:50]}")
    for organization, lines in _REGISTERS.items()
    for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("organization", "text", "answer"), _LINES)
def test_a_sentence_of_a_register(organization: str, text: str, answer: str) -> None:
    document = Document.from_text(text.replace(" / ", "\n\n"), id="t", language="en")
    options = CommitmentOptions(organization=organization)
    row = code_speech_acts(document, options=options).iloc[-1]
    reading = "strict" if row["strict"] else "broad" if row["broad"] else "out"
    words = answer.split()
    assert [row["speech_act"], reading, row["binding"]][: len(words)] == words
