"""Who speaks: profiles of organizations, and how a document's issuer is recognised.

Examples
--------
>>> load_profile("sco").abbreviation
'SCO'
"""

from sco_research.organizations.issuer import Issuer as Issuer
from sco_research.organizations.issuer import issued_by as issued_by
from sco_research.organizations.issuer import issuer as issuer
from sco_research.organizations.profile import GENERIC as GENERIC
from sco_research.organizations.profile import Membership as Membership
from sco_research.organizations.profile import Profile as Profile
from sco_research.organizations.reading import load_profile as load_profile
from sco_research.organizations.reading import profiles as profiles
from sco_research.organizations.recognition import Recognition as Recognition
from sco_research.organizations.recognition import issuer_of as issuer_of
from sco_research.organizations.states import State as State
from sco_research.organizations.states import states as states
